using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What statements carry is settled by the first period whose terms say so.</summary>
public sealed class CarriedBalanceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public void Balance_below_the_threshold_is_paid_when_later_terms_pay_it_and_nothing_else_is_decided(int? least)
    {
        ContractDraft first = Contract(Pay.Fixed(15.Eur)).EffectiveFrom(new(2026, 1, 1))
            .SettledBy(new() { Threshold = 20.Eur });
        CampaignRun run = Run(
            first.ToCampaign().With(first.Amend(
                new(2026, 5, 1), d => d.SettledBy(new() { Threshold = least is { } amount ? amount.Eur : null }))),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-02-05T12:00:00Z")));

        Shown(run.Statements(At("2026-05-20T00:00:00Z"))).Should()
            .Equal("2026-02 v1 0.00 EUR 15.00 EUR", "2026-05 v2 15.00 EUR 0.00 EUR");
        Shown(run.Statements(At("2026-04-20T00:00:00Z"))).Should().Equal("2026-02 v1 0.00 EUR 15.00 EUR");
        Shown(run.Statements(At("2027-06-01T00:00:00Z"))).Should().HaveCount(2);
    }

    [Fact]
    public void Balance_below_the_threshold_is_paid_when_the_contract_is_over()
    {
        ContractDraft contract = Contract(Pay.Fixed(15.Eur)).EffectiveFrom(new(2026, 1, 1), new(2026, 3, 20))
            .SettledBy(new() { Threshold = 20.Eur, Due = new(DueRule.Net, 10) });
        CampaignRun run = Run(contract.ToCampaign(), Touch("p-blog", "2026-01-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-05T12:00:00Z")));

        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));

        Shown(statements).Should().Equal("2026-03 v1 0.00 EUR 15.00 EUR", "2026-04 v1 15.00 EUR 0.00 EUR");
        statements[1].DueOn.Should().Be(new LocalDate(2026, 5, 10));
    }

    [Fact]
    public void Contract_that_goes_on_by_another_version_keeps_its_threshold()
    {
        ContractDraft first = Contract(Pay.Fixed(15.Eur)).EffectiveFrom(new(2026, 1, 1), new(2026, 4, 1))
            .SettledBy(new() { Threshold = 20.Eur });
        CampaignRun run = Run(
            first.ToCampaign().With(first.Amend(new(2026, 6, 1), static d => d)),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-05T12:00:00Z")));

        Shown(run.Statements(At("2027-06-01T00:00:00Z"))).Should().Equal("2026-03 v1 0.00 EUR 15.00 EUR");
    }

    [Fact]
    public void Debt_is_claimed_when_later_terms_claim_it_and_nothing_else_is_decided()
    {
        ContractDraft first = Contract(Pay.Fixed(15.Eur)).EffectiveFrom(new(2026, 1, 1));
        CampaignRun run = Run(
            first.ToCampaign().With(first.Amend(
                new(2026, 5, 1), static d => d.SettledBy(new() { Negative = NegativeBalance.Debt }))),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-02-05T12:00:00Z")));
        run.Process(Of(Retracted("r1", "o1", "2026-03-05T12:00:00Z")));

        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));

        statements.Select(static s => $"{s.Period} {s.Payable} {s.Claimed} {s.Closing}").Should().Equal(
            "2026-02 15.00 EUR  0.00 EUR", "2026-03 0.00 EUR  -15.00 EUR", "2026-05 0.00 EUR 15.00 EUR 0.00 EUR");
    }

    [Fact]
    public void Month_that_was_closed_without_a_statement_pays_nothing_carried_afterwards()
    {
        ContractDraft first = Contract(Pay.Fixed(15.Eur)).EffectiveFrom(new(2026, 1, 1))
            .SettledBy(new() { Threshold = 20.Eur });
        CampaignRun before = Run(first.ToCampaign(), Touch("p-blog", "2026-01-01T09:00:00Z"));
        before.Process(Of(Sale("o1", "2026-02-05T12:00:00Z")));
        Instant asOf = At("2026-06-10T00:00:00Z");
        ValueList<Statement> closed = before.Statements(asOf);
        CampaignRun run = Run(
            first.ToCampaign().With(first.Amend(new(2026, 4, 1), static d => d.SettledBy(new()))),
            Touch("p-blog", "2026-01-01T09:00:00Z"));

        run.Restore(closed, asOf);
        run.Process(Of(Sale("o1", "2026-02-05T12:00:00Z")));

        Shown(run.Statements(At("2026-09-01T00:00:00Z"))).Should()
            .Equal("2026-02 v1 0.00 EUR 15.00 EUR", "2026-06 v2 15.00 EUR 0.00 EUR");
    }

    private static IEnumerable<string> Shown(IEnumerable<Statement> statements) =>
        statements.Select(static s => $"{s.Period} v{s.Version} {s.Payable} {s.Closing}");
}
