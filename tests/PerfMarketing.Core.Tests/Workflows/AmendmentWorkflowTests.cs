using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Terms that reach back are applied live as in a batch, each outcome in a commit of its own.</summary>
public sealed class AmendmentWorkflowTests
{
    private static readonly NodaTime.Instant Until = At("2026-04-02T00:00:00Z");

    private static readonly Touchpoint[] Blog = [Click("p-blog", "2026-02-20T09:00:00Z")];

    private static readonly Touchpoint[] BlogAndMail =
        [Click("p-blog", "2026-02-20T09:00:00Z"), Click("p-mail", "2026-02-21T09:00:00Z")];

    private static readonly CampaignInput[] Log =
    [
        .. TwoSales, Of(Sale("o3", "2026-03-22T12:00:00Z", 100.Eur)), Of(Retracted("r1", "o1", "2026-03-24T12:00:00Z")),
    ];

    [Fact]
    public async Task Differences_are_posted_as_in_the_batch()
    {
        AmendedHost host = await SameAsync(
            Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent)), Blog, Log);

        host.Entries.Texts().Should().Equal(
            "p-blog 8.00 EUR", "p-blog 16.00 EUR", "p-blog 2.00 EUR", "p-blog 4.00 EUR", "p-blog 10.00 EUR",
            "p-blog -10.00 EUR");
        host.Live.Ledger.Outbox.Select(static m => m.Topic).Should().Equal(
            "earning", "earning", "amendment", "amendment", "earning", "adjustment");
        (await AmendAsync(host)).Should().BeEmpty("asked again, it changes nothing");
    }

    // o1 and o2 are amended in a commit each, which are the third and the fourth of all.
    [Theory]
    [InlineData(2, Fault.Crash, 2)]
    [InlineData(3, Fault.Crash, 3)]
    [InlineData(2, Fault.LostAnswer, 4)]
    [InlineData(3, Fault.Lost, 4)]
    [InlineData(3, Fault.Conflict, 4)]
    public async Task Amendment_that_broke_off_is_taken_up_again(int at, object fault, int posted)
    {
        CampaignDraft draft = Amended(
            Pay.Tiered(new(8.Eur, UpTo: 2), new(6.Eur)), Pay.Tiered(new(9.Eur, UpTo: 1), new(7.Eur)));
        int commits = 0;
        AmendedHost host = new(draft, Blog, inner => new FaultyLedger(
            inner, _ => commits++ == at ? (Fault)fault : Fault.None));
        await host.Live.RecordAsync(Blog);
        await host.PassAsync(At("2026-03-01T00:00:00Z"));
        foreach (CampaignInput input in TwoSales)
        {
            await host.TakeAsync(input);
        }

        host.Live.Campaigns.Put(draft.Build());
        Func<Task> call = () => AmendAsync(host);
        if ((Fault)fault == Fault.Crash)
        {
            await call.Should().ThrowAsync<IOException>();
        }
        else
        {
            await call();
        }

        host.Live.Ledger.Entries.Should().HaveCount(posted);
        await call();

        host.Live.Ledger.Entries.Should().Equal(host.Batch(TwoSales, Until).Entries);
    }

    [Fact]
    public async Task Attempts_are_bounded()
    {
        CampaignDraft draft = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent));
        int commits = 0;
        AmendedHost host = new(draft, Blog, inner => new FaultyLedger(
            inner, _ => commits++ >= 3 ? Fault.Conflict : Fault.None));
        Func<Task> call = () => host.RunAsync(TwoSales, Until);

        await call.Should().ThrowAsync<CommitFailedException>().WithMessage("'amendment/acme-2026/o2/*");

        commits.Should().Be(3 + ConversionWorkflow.AttemptCountMax);
        host.Live.Ledger.Entries.OfType<Amendment>().Should().ContainSingle("what was committed stands");
    }

    [Fact]
    public async Task Sales_that_come_meanwhile_are_not_lost()
    {
        CampaignDraft draft = Amended(
            Pay.Volume(new(5.Percent, UpTo: 4), new(8.Percent)), Pay.Volume(new(6.Percent, UpTo: 3), new(9.Percent)));
        AmendedHost host = new(draft, Blog);
        await host.Live.RecordAsync(Blog);
        await host.PassAsync(At("2026-03-01T00:00:00Z"));
        for (int i = 1; i < 9; i++)
        {
            await host.TakeAsync(Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z", 100.Eur)));
        }

        host.Live.Campaigns.Put(draft.Build());
        await Task.WhenAll(
            Task.Run(() => AmendAsync(host)),
            Task.Run(() => host.TakeAsync(Of(Sale("o9", "2026-03-21T12:00:00Z", 100.Eur)))),
            Task.Run(() => AmendAsync(host)));

        host.Live.Ledger.Entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount).Should().Be(81.Eur, "9 % of 900");
        host.Live.Ledger.Entries.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task What_was_refused_for_want_of_acceptance_is_paid()
    {
        ContractDraft dated = Contract(Pay.RevenueShare(8.Percent)).EffectiveFrom(new(2026, 2, 1));
        CampaignDraft draft = dated.ToCampaign().With(ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = At("2026-02-01T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = At(Accepted), By = new("p-blog") }));

        AmendedHost host = await SameAsync(draft, Blog, Log);

        host.Entries.Texts().Should().Equal(
            "p-blog 8.00 EUR", "p-blog 16.00 EUR", "p-blog 8.00 EUR", "p-blog -8.00 EUR");
        host.Live.Streams().Should().Contain("acme-2026/unpaid/p-blog/2026-03 2");
    }

    // 0.05 for two at the same weight is 0.03 and 0.02, whoever accepts first; 7.01 is 3.51 and 3.50.
    [Theory]
    [InlineData("p-blog", "p-mail", "p-blog 3.51 EUR,p-mail 0.00 EUR,p-mail 3.50 EUR")]
    [InlineData("p-mail", "p-blog", "p-mail 3.51 EUR,p-blog 0.00 EUR,p-blog 3.50 EUR")]
    public async Task Partner_of_a_split_credit_who_accepts_later_is_paid_its_part(
        string first, string later, string entries)
    {
        AmendedHost host = await SameAsync(Late(first, later), BlogAndMail, [Of(Sale("o1", "2026-03-03T12:00:00Z"))]);

        host.Entries.Texts().Should().Equal(entries.Split(','));
        host.Entries.OfType<Amendment>().Should().ContainSingle().Which.Reason.Code
            .Should().Be(SettlementReasons.AcceptedLate);
    }

    // Sold on 3 March for both, in four parts from then on; the newsletter accepts on 20 April, when two are past.
    [Fact]
    public async Task Who_accepted_later_is_paid_in_the_instalments_of_the_terms()
    {
        PayoutModel pays = Pay.RevenueShare(10.Percent).DrippedOver(4);
        AmendedHost host = await SameAsync(
            Late("p-blog", "p-mail", pays, "2026-04-20T12:00:00Z"),
            BlogAndMail,
            [
                Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
                Of(Returned("r1", "o1", "2026-04-24T12:00:00Z", 20.Eur)),
            ],
            At("2026-05-01T00:00:00Z"));

        Amendment late = host.Entries.OfType<Amendment>().Single();
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(late), failures, CampaignRecord.Read).Should().Be(late);
        late.Instalments.Select(static i => $"{i.PayableAt} {i.Amount}").Should().Equal(
            "2026-04-20T12:00:00Z 1.25 EUR", "2026-04-20T12:00:00Z 1.25 EUR",
            "2026-05-03T11:00:00Z 1.25 EUR", "2026-06-03T11:00:00Z 1.25 EUR");
        ValueList<Statement> statements = host.Batch(
            [Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)), Of(Returned("r1", "o1", "2026-04-24T12:00:00Z", 20.Eur))],
            At("2026-07-10T00:00:00Z")).Statements(At("2026-07-10T00:00:00Z"));
        statements.Where(static s => s.Partner.Value == "p-mail").Select(static s => $"{s.Period} {s.Payable}")
            .Should().Equal("2026-04 2.50 EUR", "2026-05 1.25 EUR", "2026-06 0.25 EUR");
        statements.Where(static s => s.Partner.Value == "p-blog").Select(static s => $"{s.Period} {s.Payable}")
            .Should().Equal("2026-03 1.25 EUR", "2026-04 1.25 EUR", "2026-05 1.25 EUR", "2026-06 0.25 EUR");
    }

    // Paid for a customer's first sale, which is the first of either: what is paid late counts like what was in time.
    [Fact]
    public async Task Who_accepted_later_is_paid_for_a_customers_first_outcomes_once()
    {
        AmendedHost host = await SameAsync(
            Late("p-blog", "p-mail", new Recurring(Pay.Fixed(10.Eur)) { First = 1 }),
            BlogAndMail,
            [
                Of(Sale("o1", "2026-03-03T12:00:00Z")),
                Of(Sale("o2", "2026-03-10T12:00:00Z")),
                Of(Sale("o3", "2026-03-25T12:00:00Z")),
            ]);

        host.Entries.GroupBy(static e => $"{e.OutcomeId} {e.Partner}").OrderBy(static e => e.Key)
            .Select(static own => $"{own.Key} {own.Sum(static e => e.Amount.Amount)}").Should().Equal(
                "o1 p-blog 5.00", "o1 p-mail 5.00", "o2 p-blog 0.00", "o2 p-mail 0.00",
                "o3 p-blog 0.00", "o3 p-mail 0.00");
    }

    [Fact]
    public async Task Who_accepted_later_is_corrected_like_the_others()
    {
        AmendedHost host = await SameAsync(
            Late("p-blog", "p-mail", Pay.RevenueShare(10.Percent)),
            BlogAndMail,
            [
                Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
                Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 20.Eur)),
                Of(Returned("r2", "o1", "2026-03-24T12:00:00Z", 30.Eur)),
                Of(Retracted("r3", "o1", "2026-03-25T12:00:00Z")),
            ]);

        host.Entries.Texts().Should().Equal(
            "p-blog 5.00 EUR", "p-blog -1.00 EUR", "p-mail 0.00 EUR", "p-mail 4.00 EUR",
            "p-blog -1.50 EUR", "p-mail -1.50 EUR", "p-blog -2.50 EUR", "p-mail -2.50 EUR");
    }

    // The amended contract pays 1.00 for each sale besides, and new customers' clause takes no part in it.
    [Fact]
    public async Task Clause_that_is_added_to_others_earns_for_the_past()
    {
        CampaignDraft draft = Amended(
            Pay.RevenueShare(8.Percent),
            Pay.RevenueShare(8.Percent),
            change: static d => d.Choosing(Precedence.Sum)
                .Pays("sale", Pay.Fixed(1.Eur)).Pays("lead", Pay.Fixed(5.Eur)));

        AmendedHost host = await SameAsync(
            draft with { Contracts = [draft.Contracts[0].Choosing(Precedence.Sum), draft.Contracts[1]] }, Blog, Log);

        host.Entries.Select(static e => $"{e.OutcomeId} {e.Clause} {e.Amount}").Should().Equal(
            "o1 sale 8.00 EUR", "o2 sale 16.00 EUR", "o1 sale-2 1.00 EUR", "o2 sale-2 1.00 EUR",
            "o3 sale 8.00 EUR", "o3 sale-2 1.00 EUR", "o1 sale -8.00 EUR", "o1 sale-2 -1.00 EUR");
    }

    [Fact]
    public async Task Leg_that_measures_an_amended_leg_is_priced_again()
    {
        CampaignDraft draft = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent)) with
        {
            Id = new("acme-2026"),
        };
        ContractDraft fee = ContractDraft.For("fee").PaidBy("acme").WithPartner("boss")
            .In(Currency.Eur, "Europe/Berlin").OnResultsOf("p-blog")
            .Pays("sale", LegMeasureTests.OfLeg(25, "acme-2026"), static c => c.Correcting(CorrectionPolicy.Reprice));

        AmendedHost host = await SameAsync(draft.With(fee), Blog, Log);

        host.Entries.Select(static e => $"{e.OutcomeId} {e.Partner} {e.Amount}").Should().Equal(
            "o1 p-blog 8.00 EUR", "o1 boss 2.00 EUR", "o2 p-blog 16.00 EUR", "o2 boss 4.00 EUR",
            "o1 p-blog 2.00 EUR", "o2 p-blog 4.00 EUR", "o1 boss 0.50 EUR", "o2 boss 1.00 EUR",
            "o3 p-blog 10.00 EUR", "o3 boss 2.50 EUR", "o1 p-blog -10.00 EUR", "o1 boss -2.50 EUR");
        host.Entries.OfType<Amendment>().Last().Reason.Code.Should().Be(SettlementReasons.MeasureAmended);
        (await AmendAsync(host)).Should().BeEmpty();
    }

    // Tallied by both partners together before, by each alone after, and the other way round.
    [Theory]
    [InlineData(TallyScope.Contract, TallyScope.Partner)]
    [InlineData(TallyScope.Partner, TallyScope.Contract)]
    [InlineData(TallyScope.Contract, TallyScope.Contract)]
    public async Task Tallies_that_partners_share_are_amended_live_too(TallyScope from, TallyScope to)
    {
        CampaignDraft draft = Both(
            Pay.Tiered(new(2.Eur, UpTo: 3), new(1.Eur)), Pay.Tiered(new(3.Eur, UpTo: 2), new(2.Eur)));
        ContractDraft[] versions =
        [
            draft.Contracts[0] with { Clauses = [draft.Contracts[0].Clauses[0].TalliedBy(new() { Scope = from })] },
            draft.Contracts[1] with { Clauses = [draft.Contracts[1].Clauses[0].TalliedBy(new() { Scope = to })] },
        ];
        List<CampaignInput> log = [];
        for (int day = 1; day < 29; day += 3)
        {
            log.Add(Of(Sale($"o{day}", $"2026-03-{day:00}T12:00:00Z", 100.Eur, day % 2 == 0 ? "c1" : "c2")));
        }

        log.Add(Of(Retracted("r1", "o4", "2026-03-29T12:00:00Z")));
        await SameAsync(
            draft with { Contracts = [.. versions] },
            [Click("p-blog", "2026-02-20T09:00:00Z"), Click("p-mail", "2026-02-21T09:00:00Z", "c2")],
            log);
    }

    private static CampaignDraft Late(
        string first, string later, PayoutModel? pays = null, string accepted = Accepted)
    {
        ContractDraft dated = Contract(pays ?? Pay.Fixed(7.01m.Eur)).EffectiveFrom(new(2026, 2, 1));
        return dated.ToCampaign().AttributedBy(new Linear()).With(ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = At("2026-01-01T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = At("2026-01-02T12:00:00Z"), By = new(first) })
            .Then(new ContractEvent.Accepted(1) { At = At(accepted), By = new(later) }));
    }

    private static async Task<IReadOnlyList<ConversionReport>> AmendAsync(AmendedHost host) =>
        [.. await host.Live.Amendments.AmendAsync(
            new("acme-2026"), new("acme-2026"), At(Accepted), CancellationToken.None)];

    private static async Task<AmendedHost> SameAsync(
        CampaignDraft draft, Touchpoint[] touches, IEnumerable<CampaignInput> log, NodaTime.Instant? until = null)
    {
        AmendedHost host = new(draft, touches);
        CampaignRun batch = host.Batch(log, until ?? Until);
        await host.RunAsync(log, until ?? Until);
        host.Entries.Select(static e => $"{e.OutcomeId} {e.Tag} {e.Partner} {e.Amount}").Should()
            .Equal(batch.Entries.Select(static e => $"{e.OutcomeId} {e.Tag} {e.Partner} {e.Amount}"));
        host.Entries.Select(static e => TermJson.Write(e)).Should()
            .Equal(batch.Entries.Select(static e => TermJson.Write(e)));
        return host;
    }
}
