using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement.Amounts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Settlement.Amounts;

public sealed class AmountRunTests
{
    private static readonly ValueList<PartnerId> Partners = [new("blog"), new("mail")];

    private static readonly long Noon = Instant.FromUtc(2026, 3, 10, 12, 0).ToUnixTimeTicks();

    private static ContractDraft Terms => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("blog")
        .WithPartner("mail").In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent));

    [Fact]
    public void A_window_is_open_at_its_beginning_and_closed_at_its_end()
    {
        const long Day = NodaConstants.TicksPerDay;
        AmountRun run = RunOf(Terms.ToCampaign().AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(30) }));

        run.Settle(
                new([0, 1, 2, 3], [Noon, Noon, Noon, Noon + 1], [0, 0, 0, 0]),
                new([0, 1, 2, 3], [Noon, Noon + (30 * Day) - 1, Noon + (30 * Day), Noon], [100, 200, 400, 800]))
            .Select(static l => $"{l.Month} {l.Outcomes} {l.Amount}")
            .Should().Equal("2026-03 1 0.10 EUR", "2026-04 1 0.20 EUR");
    }

    [Fact]
    public void Of_touches_at_one_instant_the_last_in_the_columns_has_the_credit_unless_sequences_say_otherwise()
    {
        AmountRun run = RunOf(Terms.ToCampaign());
        OutcomeColumns sale = new([0], [Noon], [1000]);

        run.Settle(new([0, 0], [Noon, Noon], [0, 1]), sale).Single().Partner.Value.Should().Be("mail");
        run.Settle(new([0, 0], [Noon, Noon], [0, 1], [2, 1]), sale).Single().Partner.Value.Should().Be("blog");
    }

    [Fact]
    public void A_customer_with_more_touches_than_a_journey_may_have_earns_nobody_anything()
    {
        AmountRun run = RunOf(Terms.ToCampaign().AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(1) }));
        int count = Attributor.TouchCountMax + 1;
        int[] customers = new int[count];
        int[] partners = new int[count];
        long[] ticks = new long[count];
        Array.Fill(ticks, Noon);
        ticks[0] = Noon - 1;

        run.Settle(
                new(customers, ticks, partners),
                new([0, 0, 1], [Noon, Noon + NodaConstants.TicksPerDay - 1, Noon], [100, 300, 100]))
            .Should().ContainSingle("the second outcome no longer sees the first touch")
            .Which.Value.Should().Be(3.Eur);
    }

    [Fact]
    public void Lines_stand_in_the_order_of_contracts_partners_and_time()
    {
        AmountRun run = RunOf(CampaignDraft.For("spring", "acme")
            .With(Terms with { Id = new("z"), Partners = [new("mail")] })
            .With(Terms));
        long may = Instant.FromUtc(2026, 5, 1, 0, 0).ToUnixTimeTicks();

        run.Settle(
                new([0, 1, 0], [Noon, Noon, may], [1, 0, 1]),
                new([0, 1, 0, 1], [may, may, Noon, Noon], [100, 100, 100, 100]))
            .Select(static l => $"{l.Contract} {l.Partner} {l.Month}").Should().Equal(
                "z mail 2026-03", "z mail 2026-05",
                "acme-2026 blog 2026-03", "acme-2026 blog 2026-05", "acme-2026 mail 2026-03", "acme-2026 mail 2026-05");
    }

    public static TheoryData<string, string> UnsupportedTerms()
    {
        CampaignDraft plain = Terms.ToCampaign();
        ContractDraft With(Func<ClauseDraft, ClauseDraft> terms, PayoutModel? pays = null) =>
            (Terms with { Clauses = [] }).Pays("sale", pays ?? Pay.Fixed(1.Eur), terms);
        (string Term, CampaignDraft Draft)[] drafts =
        [
            ("attribution", plain.AttributedBy(new Linear())),
            ("attribution", plain.AttributedBy(new LastTouch { CutAtConversion = true })),
            ("budgets", plain.BudgetedAt(monthly: 10.Eur)),
            ("scope", plain.Scoped(new() { Kinds = ["sale"] })),
            ("permissions", plain.Permitting(new() { Kinds = [TouchpointKind.Click] })),
            ("contracts[0].limits", Terms.LimitedTo(Limit.Outcomes(2, PeriodUnit.Week)).ToCampaign()),
            ("contracts[0].currency", ContractDraft.For("usd").PaidBy("acme").WithPartner("blog")
                .In(Currency.Usd, "Etc/UTC").Pays("sale", Pay.Fixed(1m.Usd)).ToCampaign()),
            ("contracts[0].clauses[0].proof", With(c => c.TrustingHost("order-paid")).ToCampaign()),
            ("contracts[0].clauses[0].tally",
                With(c => c with { Tally = new() { Per = PeriodUnit.Year } }).ToCampaign()),
            ("contracts[0].clauses[0].pays", With(c => c, Pay.Fixed(2.Eur).CappedAt(1.Eur)).ToCampaign()),
            ("contracts[0].clauses[0].pays.size",
                With(c => c.Rounded(RoundingMode.HalfEven, RoundAt.Period), Pay.Cpm(3.Eur)).ToCampaign()),
        ];
        TheoryData<string, string> cases = [];
        foreach ((string term, CampaignDraft draft) in drafts)
        {
            cases.Add(term, CampaignText(draft));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(UnsupportedTerms))]
    public void What_is_not_supported_is_named_and_never_computed(string term, string campaign)
    {
        Campaign read = CampaignJson.ParseCampaign(campaign).Build();

        AmountRun.TryCreate(read, "sale", Partners, Currency.Eur, out AmountRun? run, out ValueList<Reason> unsupported)
            .Should().BeFalse();

        run.Should().BeNull();
        unsupported.Should().Contain(Reason.Of(AmountReasons.TermUnsupported, ("term", term)));
    }

    [Fact]
    public void Columns_of_different_lengths_strange_partners_and_great_values_are_refused()
    {
        AmountRun run = RunOf(Terms.ToCampaign());

        FluentActions.Invoking(static () => new TouchColumns([0], [1, 2], [0]).Ticks.Length)
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => new OutcomeColumns([0], [1], [Money.MinorUnitsMax + 1]).Ticks.Length)
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => run.Settle(new([0], [Noon], [2]), new([0], [Noon], [1])))
            .Should().Throw<ArgumentException>().WithMessage("*not listed*");
        FluentActions.Invoking(() => run.Settle(new([0], [Noon], [0]), new([int.MaxValue], [Noon], [1])))
            .Should().Throw<ArgumentException>().WithMessage("*numbered*");
        FluentActions.Invoking(() => AmountRun.TryCreate(
                Terms.ToCampaign().Build(), "sale", [new("blog"), new("blog")], Currency.Eur, out _, out _))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_sum_beyond_what_an_amount_can_be_is_an_error_and_not_another_number()
    {
        AmountRun run = RunOf(Terms.ToCampaign());
        long[] values = [.. Enumerable.Repeat(Money.MinorUnitsMax, 20)];

        FluentActions.Invoking(() => run.Settle(
                new([0], [Noon], [0]),
                new(new int[20], [.. Enumerable.Repeat(Noon, 20)], values)))
            .Should().Throw<OverflowException>();
    }

    private static string CampaignText(CampaignDraft draft) => TermJson.Write(draft);

    private static AmountRun RunOf(CampaignDraft draft) =>
        AmountRun.TryCreate(draft.Build(), "sale", Partners, Currency.Eur, out AmountRun? run, out ValueList<Reason> no)
            ? run
            : throw new InvalidOperationException(no.ToString());
}
