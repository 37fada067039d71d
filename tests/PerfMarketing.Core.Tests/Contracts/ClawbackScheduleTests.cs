using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

public sealed class ClawbackScheduleTests
{
    private static readonly ClawbackSchedule Half = ClawbackSchedule.UpTo(30).Then(60, 50.Percent);

    [Theory]
    [InlineData("at once", 0, null, "100%")]
    [InlineData("last day of the first step", 29, null, "100%")]
    [InlineData("steps are half-open", 30, null, "50%")]
    [InlineData("last day of the last step", 59, "returned", "50%")]
    [InlineData("then nothing", 60, null, "0%")]
    [InlineData("exempt at any time", 400, "fraud", "100%")]
    public void Part_goes_by_whole_days(string why, int days, string? reason, string part) =>
        (Half with { Exempt = [CorrectionReason.Fraud] })
            .PartAfter(days, reason is null ? default(CorrectionReason?) : new(reason))
            .ToString().Should().Be(part, why);

    // Summer time begins in Berlin on the 29th of March.
    [Theory]
    [InlineData("the same date", "2026-03-03T00:00:00Z", "2026-03-03T22:59:59Z", 0)]
    [InlineData("dates of the zone", "2026-03-03T22:59:59Z", "2026-03-03T23:00:00Z", 1)]
    [InlineData("a day of 23 hours", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 1)]
    [InlineData("before it occurred", "2026-03-03T12:00:00Z", "2026-01-01T12:00:00Z", 0)]
    [InlineData("beyond the years of periods", "2026-03-03T12:00:00Z", "9999-12-31T12:00:00Z", 2547140)]
    public void Days_lie_between_dates_of_the_zone(string why, string from, string to, int days) =>
        Half.DaysOf(Sample.At(from), Sample.At(from), Sample.At(to), ContractCalendar.In("Europe/Berlin"))
            .Should().Be(days, why);

    [Fact]
    public void Days_count_from_when_it_is_payable_when_the_term_says_so()
    {
        Instant occurred = Sample.At("2026-03-03T12:00:00Z");
        Instant payable = Sample.At("2026-04-02T12:00:00Z");
        Instant corrected = Sample.At("2026-04-12T12:00:00Z");

        Half.DaysOf(occurred, payable, corrected, ContractCalendar.Utc).Should().Be(40);
        (Half with { Since = ClawbackStart.Payable }).DaysOf(occurred, payable, corrected, ContractCalendar.Utc)
            .Should().Be(10);
    }

    [Fact]
    public void Schedule_survives_json_and_is_checked()
    {
        ContractDraft draft = Draft(Half with { Since = ClawbackStart.Payable, Exempt = [CorrectionReason.Fraud] });

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().Clauses[0].Clawback.Should().Be(draft.Clauses[0].Clawback);
        Draft(new([new(30, 101.Percent), new(30, 50.Percent)])
        {
            Since = (ClawbackStart)7,
            Exempt = ["fraud", "fraud"],
        }).Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Clauses[0].Clawback.Steps clawback.steps",
            "Clauses[0].Clawback.Steps[0] clawback.part",
            "Clauses[0].Clawback.Since clawback.since",
            "Clauses[0].Clawback.Exempt clawback.exempt-reasons");
        Draft(new([])).Validate().Errors.Should().ContainSingle().Which.ErrorCode.Should().Be(ClawbackCodes.Steps);
    }

    [Fact]
    public void Diff_says_what_changed() => ContractDiff.Between(
        Draft(Half), Draft(ClawbackSchedule.UpTo(45).Then(60, 50.Percent))).Lines.Should().Equal(
        "sale: clawback step 1 up to 30 → 45");

    private static ContractDraft Draft(ClawbackSchedule schedule) => ContractDraft.For("c").PaidBy("acme")
        .WithPartner("p1").In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.RevenueShare(30.Percent), c => c.TakenBackBy(schedule));
}
