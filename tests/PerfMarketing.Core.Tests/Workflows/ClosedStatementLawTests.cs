using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// Whatever versions of a contract become known between the closings of its months, and however late: a statement that
/// was closed says the same for ever, statements chain, and what they pay is what was earned but for what is carried.
/// </summary>
public sealed class ClosedStatementLawTests
{
    private const int Months = 8;

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_261_123, 7);

    private static readonly CampaignId Id = new("acme-2026");

    private static readonly SettlementTerms[] Terms =
    [
        new(),
        new() { Threshold = 20.Eur },
        new() { Threshold = 45.Eur, Per = PeriodUnit.HalfMonth },
        new() { Per = PeriodUnit.Week, Due = new(DueRule.Net, 14) },
        new() { Per = PeriodUnit.Quarter, Exposure = PaymentExposure.ThisInvoice },
        new() { Reserve = new(30.Percent, 40), Threshold = 10.Eur },
        new() { Negative = NegativeBalance.Debt, Per = PeriodUnit.Week },
    ];

    private static Gen<Setting> Settings =>
        from first in Gen.Elements(Terms)
        from isDated in Gen.Elements(false, true)
        from hold in Gen.Elements(0, 0, 10, 45)
        from end in Gen.Elements(0, 0, 5, 7)
        from versions in Version.ListOf().Select(static v => v.Take(4).ToArray())
        from sales in Sold.ListOf().Select(static s => s.Take(20).ToArray())
        from lag in Gen.Elements(0, 1, 30, 300)
        select new Setting(first, isDated, hold, end, versions, sales, lag);

    private static Gen<Later> Version =>
        from known in Gen.Choose(1, 6)
        from late in Gen.Choose(0, 100)
        from back in Gen.Choose(-40, 90)
        from terms in Gen.Elements(Terms)
        from price in Gen.Elements(15, 15, 12)
        from partner in Gen.Elements("p-blog", "p-mail", "both")
        select new Later(known, late, back, terms, price, partner);

    private static Gen<Step> Sold =>
        from hour in Gen.Choose(0, 24 * 30 * 7)
        from partner in Gen.Elements("p-blog", "p-mail", "both")
        from returned in Gen.Elements(0, 0, 0, 50, 1_500)
        select new Step(hour, partner, returned);

    [Fact]
    public void Closed_statements_stay_whatever_becomes_known() =>
        Prop.ForAll(Settings.ToArbitrary(), static s => Check(s)).Check(Seeded);

    private static void Check(Setting setting) => CheckAsync(setting).GetAwaiter().GetResult();

    private static async Task CheckAsync(Setting setting)
    {
        Later[] versions = [.. setting.Versions.OrderBy(static v => v.Known)];
        LiveHost host = new(setting.DraftOf([]));
        await host.RecordAsync(
            Click("p-blog", "2025-12-31T23:30:00Z", "p-blog"),
            Click("p-mail", "2025-12-31T23:30:00Z", "p-mail"),
            Click("p-blog", "2025-12-31T23:30:00Z", "both"),
            Click("p-mail", "2025-12-31T23:40:00Z", "both"));
        Dictionary<StatementId, (Statement Statement, Digest Text)> closed = [];
        List<(Instant At, Func<Task> Do)> calls = [.. CallsOf(host, setting.Sales).OrderBy(static c => c.At)];
        for (int month = 1; month <= Months; month++)
        {
            host.Campaigns.Put(setting.DraftOf([.. versions.Where(v => v.Known <= month)]).Build());
            await host.Amendments.AmendAsync(Id, new("acme-2026"), MonthAt(month), CancellationToken.None);
            Instant end = MonthAt(month + 1);
            foreach ((Instant _, Func<Task> call) in calls.Where(c => c.At >= MonthAt(month) && c.At < end))
            {
                await call();
            }

            Instant asOf = end + Duration.FromHours(setting.Lag);
            await SettleAsync(host, month, asOf, closed);
        }

        MustAddUp(host, [.. closed.Values.Select(static c => c.Statement)]);
    }

    private static async Task SettleAsync(
        LiveHost host, int until, Instant asOf, Dictionary<StatementId, (Statement Statement, Digest Text)> closed)
    {
        Dictionary<StatementId, Statement> now = [];
        for (int month = 1; month <= until + 1; month++)
        {
            foreach (Statement statement in await host.Settlement.SettleAsync(Id, new(2026, month), asOf, default))
            {
                now.Add(statement.Id, statement);
            }
        }

        closed.Keys.Except(now.Keys).Should().BeEmpty("what was closed stays");
        foreach ((StatementId id, (Statement before, Digest text)) in closed)
        {
            now[id].Should().Be(before);
            TermDigest.Of(now[id]).Should().Be(text);
        }

        foreach (Statement statement in now.Values.Where(static s => s.IsClosed))
        {
            closed[statement.Id] = (statement, TermDigest.Of(statement));
        }
    }

    private static void MustAddUp(LiveHost host, IReadOnlyCollection<Statement> closed)
    {
        foreach (var account in closed.GroupBy(static s => s.Partner))
        {
            Statement? before = null;
            foreach (Statement statement in account.OrderBy(static s => s.From))
            {
                statement.Opening.Should().Be(before?.Closing ?? 0.Eur);
                statement.From.Should().BeGreaterThanOrEqualTo(before?.To ?? Instant.MinValue);
                before = statement;
            }

            decimal earned = host.Ledger.Entries.DistinctBy(static e => e.Id)
                .Where(e => e.Partner == account.Key && e.DecidedAt < before!.To).Sum(static e => e.Amount.Amount);
            decimal paid = account.Sum(static s => s.Payable.Amount - (s.Claimed?.Amount ?? 0));
            (paid + before!.Closing.Amount).Should().Be(earned);
        }
    }

    private static IEnumerable<(Instant At, Func<Task> Do)> CallsOf(LiveHost host, Step[] sales)
    {
        for (int i = 0; i < sales.Length; i++)
        {
            (int hour, string customer, int returned) = sales[i];
            Instant at = MonthAt(1) + Duration.FromHours(hour);
            string id = $"o{i}";
            yield return (at, () => host.Conversions.ProcessAsync(
                Id, SaleOf(id, at, customer), [], at, CancellationToken.None).AsTask());
            Instant later = at + Duration.FromHours(returned);
            if (returned > 0)
            {
                yield return (later, () => host.Conversions.CorrectAsync(
                    Id, Settlement.Sample.Retracted($"r{id}", id, InstantText(later)), later, default).AsTask());
            }
        }
    }

    private static Outcome SaleOf(string id, Instant at, string customer) =>
        Settlement.Sample.Sale(id, InstantText(at), 100.Eur, customer);

    private static string InstantText(Instant at) => NodaTime.Text.InstantPattern.ExtendedIso.Format(at);

    // In the contract's zone, Berlin.
    private static Instant MonthAt(int month) => ContractCalendar.In("Europe/Berlin").StartOf(new(2026, month, 1));

    private sealed record Step(int Hour, string Customer, int Returned);

    /// <param name="Known">The month in which the host learns of it.</param>
    /// <param name="Late">How many days before that it was accepted.</param>
    /// <param name="Back">How many days before the acceptance it is in force.</param>
    /// <param name="Terms">Its terms of settlement.</param>
    /// <param name="Price">What it pays.</param>
    /// <param name="Partner">Who accepted it.</param>
    private sealed record Later(int Known, int Late, int Back, SettlementTerms Terms, int Price, string Partner);

    private sealed record Setting(
        SettlementTerms First, bool IsDated, int Hold, int End, Later[] Versions, Step[] Sales, int Lag)
    {
        // Versions that the host knows; each is accepted and in force after the one before.
        public CampaignDraft DraftOf(Later[] known)
        {
            ContractDraft draft = Contract(Pay.Fixed(15.Eur), c => Hold == 0 ? c : c.HeldFor(Duration.FromDays(Hold)))
                .EffectiveFrom(new(2026, 1, 1), End == 0 ? null : new LocalDate(2026, End, 1)).SettledBy(First);
            CampaignDraft campaign = draft.AttributedBy(new Linear());
            Instant at = MonthAt(1) - Duration.FromDays(200);
            LocalDate from = new(2026, 1, 1);
            ContractHistory history = Accepted(ContractHistory.Of("acme-2026"), 1, at, "both");
            foreach (Later later in known)
            {
                Instant accepted = MonthAt(later.Known) - Duration.FromDays(later.Late);
                at = accepted > at ? accepted : at + Duration.FromHours(1);
                LocalDate day = ContractCalendar.In("Europe/Berlin").DateOf(at).PlusDays(-later.Back);
                from = day > from ? day : from.PlusDays(1);
                draft = draft.Amend(from, d => (d with
                {
                    Clauses = [d.Clauses[0] with { Pays = Pay.Fixed(later.Price.Eur) }],
                }).SettledBy(later.Terms));
                campaign = campaign.With(draft);
                history = Accepted(history, draft.Version, at, later.Partner);
            }

            return IsDated ? campaign : campaign.With(history);
        }

        private static ContractHistory Accepted(ContractHistory history, int version, Instant at, string partner)
        {
            history = history.Then(new ContractEvent.Proposed(version) { At = at, By = new("acme") });
            foreach (string name in (string[])["p-blog", "p-mail"])
            {
                history = partner == name || partner == "both"
                    ? history.Then(new ContractEvent.Accepted(version) { At = at, By = new(name) })
                    : history;
            }

            return history;
        }
    }
}
