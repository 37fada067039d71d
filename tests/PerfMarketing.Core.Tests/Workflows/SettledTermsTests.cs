using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What becomes known of the terms of settlement after a statement was closed changes nothing in it.</summary>
public sealed class SettledTermsTests
{
    private static readonly SettlementTerms From20 = new() { Threshold = 20.Eur };

    private static readonly CampaignId Id = new("acme-2026");

    private static readonly Dictionary<string, SettlementTerms> Others = new(StringComparer.Ordinal)
    {
        ["threshold"] = From20,
        ["weeks"] = new() { Per = PeriodUnit.Week },
        ["quarters"] = new() { Per = PeriodUnit.Quarter },
        ["reserve"] = new() { Reserve = new(50.Percent, 30) },
        ["due"] = new() { Due = new(DueRule.Net, 30), Exposure = PaymentExposure.AllInvoices },
        ["debt"] = new() { Negative = NegativeBalance.Debt },
    };

    public static TheoryData<string> Names => [.. Others.Keys];

    private static ContractDraft First => Contract(Pay.Fixed(15.Eur)).EffectiveFrom(new(2026, 1, 1));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Version_that_was_accepted_before_and_became_known_after_the_closing_cuts_later_periods_alone(
        string other)
    {
        LiveHost host = await HostAsync(First.ToCampaign().With(History(false)));
        ValueList<Statement> february = await SettleAsync(host, 2, "2026-03-02T00:00:00Z");

        host.Campaigns.Put(First.ToCampaign().With(First.Amend(new(2026, 1, 25), c => c.SettledBy(Others[other])))
            .With(History(true)).Build());
        await host.ProcessAsync(Sale("o2", "2026-03-11T12:00:00Z"));

        (await SettleAsync(host, 2, "2026-04-02T00:00:00Z")).Should().Equal(february).And.ContainSingle()
            .Which.Payable.Should().Be(15.Eur);
        ValueList<Statement> later = [.. await AfterAsync(host)];
        later[0].Opening.Should().Be(0.Eur, "February was paid");
        later.Should().OnlyContain(static s => s.Version == 2).And.OnlyContain(s => s.From >= february[0].To);
        (later.Sum(static s => s.Payable.Amount) + later[^1].Closing.Amount).Should().Be(15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Version_without_history_that_reaches_back_cuts_later_periods_alone(string other)
    {
        LiveHost host = await HostAsync(First.ToCampaign());
        ValueList<Statement> february = await SettleAsync(host, 2, "2026-03-02T00:00:00Z");

        host.Campaigns.Put(
            First.ToCampaign().With(First.Amend(new(2026, 1, 25), c => c.SettledBy(Others[other]))).Build());
        await host.ProcessAsync(Sale("o2", "2026-03-11T12:00:00Z"));

        (await SettleAsync(host, 2, "2026-04-02T00:00:00Z")).Should().Equal(february);
        (await AfterAsync(host))[0].Version.Should().Be(2);
    }

    [Fact]
    public async Task What_was_paid_is_paid_once()
    {
        LiveHost host = await HostAsync(First.ToCampaign().With(History(false)));
        MemoryPayments bank = new();
        RemittanceWorkflow remittances = new(host.Ledger, bank);
        RemittanceTerms terms = new() { Payee = new("p-blog"), Currency = Currency.Eur };
        async Task PayAsync(IEnumerable<Statement> due) => await remittances.RemitAsync(
            terms, [.. due.Select(s => PayableStatement.Of(host.Campaign, s))], At("2026-04-02T00:00:00Z"), default);

        await PayAsync(await SettleAsync(host, 2, "2026-03-02T00:00:00Z"));
        host.Campaigns.Put(First.ToCampaign().With(First.Amend(new(2026, 1, 25), static c => c.SettledBy(From20)))
            .With(History(true)).Build());
        await host.ProcessAsync(Sale("o2", "2026-03-11T12:00:00Z"));
        await PayAsync(
        [
            .. await SettleAsync(host, 2, "2026-04-02T00:00:00Z"),
            .. await SettleAsync(host, 3, "2026-04-02T00:00:00Z"),
        ]);

        bank.Instructions.Select(static i => i.Amount).Should().Equal(15.Eur);
    }

    // reference/trust.md D: bounds are computed once and kept with the version of the zone's rules.
    [Fact]
    public async Task Closing_keeps_the_zone_and_its_rules()
    {
        LiveHost host = await HostAsync(First.ToCampaign());
        await SettleAsync(host, 2, "2026-03-02T00:00:00Z");

        List<CampaignRecord> closed = [];
        StreamId stream = StreamId.OfPeriods(Id, new("acme-2026"));
        await foreach (StoredRecord stored in host.Ledger.ReadAsync([new(stream, 0)], default))
        {
            closed.Add(stored.Record);
        }

        StatementsClosed statements = closed.OfType<StatementsClosed>().Should().ContainSingle().Subject;
        statements.Zone.Should().Be("Europe/Berlin");
        statements.ZoneRules.Should().Be(ContractZone.Rules).And.MatchRegex("^20[0-9]{2}[a-z]$");
        statements.Through.Should().Be(At("2026-02-28T23:00:00Z"));
    }

    [Theory]
    [InlineData("settlement")]
    [InlineData("price")]
    public async Task Terms_that_were_edited_in_place_are_refused(string what)
    {
        LiveHost host = await HostAsync(First.ToCampaign());
        ValueList<Statement> february = await SettleAsync(host, 2, "2026-03-02T00:00:00Z");
        string[] streams = host.Streams();
        ContractDraft edited = what == "price"
            ? Contract(Pay.Fixed(16.Eur)).EffectiveFrom(new(2026, 1, 1))
            : First.SettledBy(From20);

        host.Campaigns.Put(edited.ToCampaign().Build());
        Func<Task> settling = () => SettleAsync(host, 3, "2026-04-02T00:00:00Z");

        (await settling.Should().ThrowAsync<TermsChangedException>()).Which.Reasons.Should().ContainSingle()
            .Which.Code.Should().Be(SettlementReasons.TermsChanged);
        host.Streams().Should().Equal(streams);
        host.Campaigns.Put(host.Campaign);
        (await SettleAsync(host, 2, "2026-04-02T00:00:00Z")).Should().Equal(february);
    }

    [Fact]
    public async Task Edit_of_one_contract_closes_nothing_of_any()
    {
        CampaignDraft Both(ContractDraft other) => First.ToCampaign()
            .With(other with { Id = new("z-other"), Partners = [new("p-mail")] });
        LiveHost host = await HostAsync(Both(First));
        await SettleAsync(host, 2, "2026-03-02T00:00:00Z");
        string[] streams = host.Streams();

        host.Campaigns.Put(Both(First.SettledBy(From20)).Build());
        Func<Task> settling = () => SettleAsync(host, 3, "2026-04-02T00:00:00Z");

        await settling.Should().ThrowAsync<TermsChangedException>();
        host.Streams().Should().Equal(streams);
    }

    [Fact]
    public async Task Version_that_is_not_in_force_yet_may_still_change()
    {
        ContractDraft later = First.Amend(new(2026, 6, 1), static c => c.SettledBy(From20));
        LiveHost host = await HostAsync(First.ToCampaign().With(later));
        await SettleAsync(host, 2, "2026-03-02T00:00:00Z");

        host.Campaigns.Put(First.ToCampaign().With(later.SettledBy(Others["weeks"])).Build());

        (await SettleAsync(host, 2, "2026-04-02T00:00:00Z")).Should().ContainSingle();
    }

    [Fact]
    public async Task Month_that_ends_after_the_week_began_is_closed_as_a_whole()
    {
        // The week of the first of April begins on 30 March, under terms that are in force from the 10th on.
        LiveHost host = await HostAsync(First.ToCampaign()
            .With(First.Amend(new(2026, 3, 10), static c => c.SettledBy(Others["weeks"]))));
        await host.ProcessAsync(Sale("o2", "2026-03-31T12:00:00Z"));
        ValueList<Statement> march = await SettleAsync(host, 3, "2026-04-02T00:00:00Z");

        await host.Conversions.ProcessAsync(
            Id, Sale("o3", "2026-03-31T13:00:00Z"), [], At("2026-03-31T13:00:00Z"), default);

        march.Select(static s => $"{s.Period} {s.Total}").Should().Equal("2026-03 15.00 EUR");
        (await SettleAsync(host, 3, "2026-05-01T00:00:00Z")).Should().Equal(march);
        (await SettleAsync(host, 4, "2026-05-01T00:00:00Z")).Select(static s => $"{s.Period} {s.Total}").Should()
            .Equal("2026-W14 15.00 EUR");
    }

    [Fact]
    public async Task Partners_keep_the_terms_that_each_had_accepted()
    {
        ContractDraft weekly = First.Amend(new(2026, 2, 1), static c => c.SettledBy(Others["weeks"]));
        ContractHistory history = History(true, "p-mail");
        LiveHost host = await HostAsync(First.ToCampaign().With(weekly).With(history));
        await host.RecordAsync(Click("p-mail", "2026-02-01T09:00:00Z", "c2"));
        await host.ProcessAsync(Sale("o2", "2026-02-06T12:00:00Z", null, "c2"));
        ValueList<Statement> february = await SettleAsync(host, 2, "2026-03-02T00:00:00Z");

        host.Campaigns.Put(First.ToCampaign().With(weekly.SettledBy(Others["weeks"]))
            .With(weekly.Amend(new(2026, 2, 2), static c => c.SettledBy(From20)))
            .With(history.Then(new ContractEvent.Proposed(3) { At = At("2026-01-21T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(3) { At = At("2026-01-22T12:00:00Z"), By = new("p-mail") })
                .Then(new ContractEvent.Accepted(3) { At = At("2026-01-22T12:00:00Z"), By = new("p-blog") }))
            .Build());

        february.Select(static s => $"{s.Partner} {s.Period} v{s.Version}").Should()
            .Equal("p-blog 2026-02 v1", "p-mail 2026-W06 v2");
        (await SettleAsync(host, 2, "2026-04-02T00:00:00Z")).Should().Equal(february);
    }

    private static ContractHistory History(bool second, string partner = "p-blog")
    {
        ContractHistory first = ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = At("2026-01-01T00:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = At("2026-01-01T01:00:00Z"), By = new("p-blog") })
            .Then(new ContractEvent.Accepted(1) { At = At("2026-01-01T01:00:00Z"), By = new("p-mail") });
        return second
            ? first.Then(new ContractEvent.Proposed(2) { At = At("2026-01-19T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(2) { At = At("2026-01-20T12:00:00Z"), By = new(partner) })
            : first;
    }

    private static async Task<LiveHost> HostAsync(CampaignDraft campaign)
    {
        LiveHost host = new(campaign);
        await host.RecordAsync(Click("p-blog", "2026-02-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-02-06T12:00:00Z"));
        return host;
    }

    private static async Task<ValueList<Statement>> SettleAsync(LiveHost host, int month, string asOf) =>
        await host.Settlement.SettleAsync(Id, new(2026, month), At(asOf), CancellationToken.None);

    private static async Task<List<Statement>> AfterAsync(LiveHost host)
    {
        List<Statement> found = [];
        for (int month = 3; month <= 6; month++)
        {
            found.AddRange(await SettleAsync(host, month, "2026-07-02T00:00:00Z"));
        }

        return found;
    }
}
