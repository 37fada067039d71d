using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Partners of one contract with different periods, settled again over closed statements.</summary>
public sealed class RestorePeriodsTests
{
    private const string Cut = "2026-04-20T12:00:00Z";

    // p-blog is settled by week from April on; p-mail accepted that when its quarter had begun.
    private static readonly CampaignInput[] Log =
    [
        Of(Sale("o1", "2026-04-03T12:00:00Z", 100.Eur, "mail")),
        Of(Sale("o2", "2026-04-07T12:00:00Z", 100.Eur, "both")),
        Of(Retracted("r1", "o1", "2026-04-08T12:00:00Z")),
        Of(Returned("r2", "o2", "2026-04-09T12:00:00Z", 40.Eur)),
        Of(Sale("o3", "2026-04-14T12:00:00Z", 100.Eur, "blog")),
        Of(Sale("o4", "2026-04-22T12:00:00Z", 100.Eur, "mail")),
    ];

    [Fact]
    public void What_longer_periods_have_from_before_a_closed_week_stands()
    {
        ValueList<Statement> earlier = Settle([], Cut, Log[..5]).Statements(At(Cut));
        CampaignRun whole = Settle([], "2026-07-10T12:00:00Z", Log);

        CampaignRun again = Settle(earlier, "2026-07-10T12:00:00Z", Log);

        earlier.Select(static s => $"{s.Partner} {s.Period} {s.IsClosed} {s.Lines.Count}").Should().Equal(
            "p-blog 2026-W15 True 2", "p-blog 2026-W16 True 1", "p-mail 2026-Q2 False 4");
        again.Statements(At("2026-07-10T12:00:00Z")).Should()
            .Equal(whole.Statements(At("2026-07-10T12:00:00Z")));
    }

    // Of what is open nothing stands that was decided after the last closed week.
    [Fact]
    public void What_came_later_is_decided_again()
    {
        ValueList<Statement> earlier = Settle([], "2026-04-24T12:00:00Z", Log).Statements(At("2026-04-24T12:00:00Z"));

        CampaignRun again = Settle(earlier, "2026-07-10T12:00:00Z", Log[..5]);

        again.Entries.Should().NotContain(static e => e.OutcomeId == new OutcomeId("o4"));
        again.Statements(At("2026-07-10T12:00:00Z")).Should().Equal(
            Settle([], "2026-07-10T12:00:00Z", Log[..5]).Statements(At("2026-07-10T12:00:00Z")));
    }

    // Nobody had weeks when the statements were made: both partners have an open quarter.
    [Fact]
    public void Terms_that_are_known_since_close_nothing_of_what_has_an_open_statement()
    {
        CampaignRun before = new(
            First().ToCampaign().AttributedBy(new Linear()).Build(), new ByCustomer());
        Array.ForEach(Log[..5], i => before.Process(i));
        ValueList<Statement> open = before.Statements(At(Cut));
        open.Select(static s => $"{s.Partner} {s.Period} {s.IsClosed}").Should().Equal(
            "p-blog 2026-Q2 False", "p-mail 2026-Q2 False");

        ValueList<Statement> Weekly(Action<CampaignRun> begin)
        {
            CampaignRun run = new(Draft(acceptedByMail: "2026-03-25T12:00:00Z").Build(), new ByCustomer());
            begin(run);
            Array.ForEach(Log, i => run.Process(i));
            run.Expire(At("2026-07-10T12:00:00Z"));
            return run.Statements(At("2026-07-10T12:00:00Z"));
        }

        Weekly(run => run.Restore(open, At(Cut))).Should().Equal(Weekly(static _ => { }));
    }

    [Fact]
    public void What_was_paid_for_a_month_of_an_open_quarter_is_paid_once()
    {
        ValueList<Statement> earlier = Settle([], "2026-05-06T12:00:00Z", Log, Monthly)
            .Statements(At("2026-05-06T12:00:00Z"));
        CampaignRun whole = Settle([], "2026-07-10T12:00:00Z", Log, Monthly);

        CampaignRun again = Settle(earlier, "2026-07-10T12:00:00Z", Log, Monthly);

        whole.Entries.OfType<PeriodEarning>().Count(static e => e.Partner == new PartnerId("p-mail")).Should().Be(6);
        again.Statements(At("2026-07-10T12:00:00Z")).Should()
            .Equal(whole.Statements(At("2026-07-10T12:00:00Z")));
    }

    [Fact]
    public void Terms_by_which_something_stands_are_not_edited()
    {
        ValueList<Statement> open =
            [.. Settle([], Cut, Log[..5]).Statements(At(Cut)).Where(static s => !s.IsClosed)];
        Statement week = Settle([], Cut, Log[4..5]).Statements(At(Cut))[0];
        Campaign edited = Draft(static c => c with { NoticeDays = 30 }).Build();

        CampaignRun.CheckRestored(edited, open).Should().BeEmpty();
        CampaignRun.CheckRestored(edited, [.. open, week]).Should().ContainSingle()
            .Which.Code.Should().Be(SettlementReasons.TermsChanged);
    }

    private static ContractDraft Monthly(ContractDraft draft) =>
        draft.PaysPer(PeriodUnit.Month, new Retainer(90.Eur), "p-mail");

    private static ContractDraft First() => Contract(Pay.RevenueShare(10.Percent)).EffectiveFrom(new(2026, 1, 1))
        .SettledBy(new() { Per = PeriodUnit.Quarter });

    private static CampaignDraft Draft(
        Func<ContractDraft, ContractDraft>? with = null, string acceptedByMail = "2026-04-02T12:00:00Z")
    {
        ContractDraft first = First();
        first = with is null ? first : with(first);
        return first.ToCampaign()
            .With(first.Amend(new(2026, 4, 1), static d => d.SettledBy(new() { Per = PeriodUnit.Week })))
            .AttributedBy(new Linear())
            .With(ContractHistory.Of("acme-2026")
                .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-blog") })
                .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-mail") })
                .Then(new ContractEvent.Proposed(2) { At = At("2026-03-20T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(2) { At = At("2026-03-25T12:00:00Z"), By = new("p-blog") })
                .Then(new ContractEvent.Accepted(2) { At = At(acceptedByMail), By = new("p-mail") }));
    }

    private static CampaignRun Settle(
        IEnumerable<Statement> earlier,
        string asOf,
        CampaignInput[] log,
        Func<ContractDraft, ContractDraft>? with = null)
    {
        CampaignRun run = new(Draft(with).Build(), new ByCustomer());
        run.Restore(earlier);
        Array.ForEach(log, i => run.Process(i));
        run.Expire(At(asOf));
        return run;
    }

    // Customers are named for whose touches they had.
    private sealed class ByCustomer : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(
            ((JourneyTouch[])[Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-mail", "2026-03-02T09:00:00Z")])
                .Where(t => outcome.Customer is { } customer
                    && (customer == new CustomerId("both") || $"p-{customer}" == t.Partner.ToString())).ToArray());
    }
}
