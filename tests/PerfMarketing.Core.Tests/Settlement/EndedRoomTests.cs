using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A share that waited in vain for room stays refused, whatever else its leg waits for.</summary>
public sealed class EndedRoomTests
{
    private static readonly Limit Monthly = Limit.Spend(5.Eur, PeriodUnit.Month, LimitScope.Partner);

    // What others of the leg add to the tally of all is priced without the refused one.
    [Theory]
    [InlineData(TallyScope.Partner)]
    [InlineData(TallyScope.Contract)]
    public void It_stays_so_where_all_partners_count_in_one_tally(TallyScope scope)
    {
        Tiered model = new([new(10.Percent, 100_000), new(20.Percent)]) { Of = Measure.Value };
        CampaignRun run = Begin(Contract(model, c => c.TrustingHost("order-paid")
            .LimitedTo(Monthly.Or(LimitOverflow.Hold)).TalliedBy(new() { Scope = scope })));

        run.Expire(At("2026-04-02T00:00:00Z"));
        run.Process(Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")));

        run.Process(Proof("o2", "2026-04-04T12:00:00Z")).Posted.Texts().Should().Equal("p-mail 3.00 EUR");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_stays_so_while_the_leg_waits_for_another_room(bool isFirst)
    {
        Limit month = Monthly.Or(LimitOverflow.Hold);
        Limit ever = Limit.Outcomes(2, PeriodUnit.Lifetime).Or(LimitOverflow.Hold);
        CampaignRun run = Begin(Contract(Pay.RevenueShare(10.Percent), c => c
            .TrustingHost("order-paid", within: Duration.FromDays(100))
            .LimitedTo(isFirst ? month : ever).LimitedTo(isFirst ? ever : month)));
        run.Process(Of(Sale("m1", "2026-03-12T12:00:00Z", 10.Eur)));
        run.Process(Proof("m1", "2026-03-12T13:00:00Z"));

        run.Expire(At("2026-04-02T00:00:00Z"));
        run.Process(Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")));

        run.Process(Proof("o2", "2026-04-04T12:00:00Z")).Posted.Texts().Should().Equal("p-mail 3.00 EUR");
    }

    // p-blog has earned 5.00 of its 5.00 when half of o2 comes, which is 3.00.
    private static CampaignRun Begin(ContractDraft contract)
    {
        CampaignRun run = new(contract.AttributedBy(new Linear()).Build(), new SecondIsShared());
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 50.Eur)));
        run.Process(Proof("o1", "2026-03-10T13:00:00Z")).Posted.Texts().Should().Equal("p-blog 5.00 EUR");
        run.Process(Of(Sale("o2", "2026-03-11T12:00:00Z", 60.Eur)));
        return run;
    }

    private sealed class SecondIsShared : IJourneySource
    {
        public Journey Find(Outcome outcome) => outcome.Id.Value switch
        {
            "o2" => new(new[] { Touch("p-blog", "2026-01-01T09:00:00Z"), Touch("p-mail", "2026-01-02T09:00:00Z") }),
            "m1" => new(new[] { Touch("p-mail", "2026-01-02T09:00:00Z") }),
            _ => new(new[] { Touch("p-blog", "2026-01-01T09:00:00Z") }),
        };
    }
}
