using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.EveryCentLog;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// No cent vanishes, appears or is unexplained, whatever corrections, holds, disputes, rulings, amendments,
/// invalidations, closed periods and restored records do together.
/// </summary>
public sealed class EveryCentLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_261_123, 7);

    private static readonly Instant Begin = At("2026-01-20T09:00:00Z");

    private static readonly Instant End = At("2027-06-01T00:00:00Z");

    // Midnight in Berlin on the first of March, after the amendment.
    private static readonly Instant Cut = At("2026-02-28T23:00:00Z");

    private static readonly PartnerId[] Partners = [new("p-blog"), new("p-mail")];

    private static readonly AccountKind[] Posted =
    [
        AccountKind.Locked, AccountKind.Payable, AccountKind.Reserve, AccountKind.InTransit, AccountKind.Paid,
        AccountKind.ClawbackDue, AccountKind.Claimed,
    ];

    [Fact]
    public void Ledger_state_accounts_budgets_and_caps_agree_at_every_prefix() => Check(static (setting, moves) =>
        Played(setting, moves, [], static played => played.MustAgree()));

    [Fact]
    public void Records_alone_rebuild_the_state() => Check(static (setting, moves) =>
    {
        Play played = Played(setting, moves, []);

        CampaignState folded = new(played.Run.State.Campaign);
        foreach (CampaignRecord record in played.Records)
        {
            TermFailures failures = [];
            folded.Apply(TermReader.Read(TermNode.Of(record), failures, CampaignRecord.Read)!);
            failures.Should().BeEmpty();
        }

        foreach (OutcomeState outcome in played.Run.State.Outcomes)
        {
            (folded.Find(outcome.Id) == outcome).Should().BeTrue();
        }
    });

    [Fact]
    public void Everything_again_adds_nothing() => Check(static (setting, moves) =>
        Played(setting, [.. moves.SelectMany(static m => new[] { m, m with { Hours = -1 } })], []).Run.Entries
            .Should().Equal(Played(setting, moves, []).Run.Entries));

    [Fact]
    public void Retraction_of_everything_leaves_what_the_terms_leave_and_holds_nothing() => Check(
        static (setting, moves) =>
        {
            Play played = Played(setting, moves, []);
            Instant last = played.Now + Duration.FromDays(1);
            foreach (OutcomeId id in played.Run.State.Outcomes.Select(static o => o.Id).ToArray())
            {
                played.Run.Process(Of(new Retraction { Id = new($"all-{id}"), Outcome = id, At = last }));
            }

            played.MustAgree();
            foreach (EarningState earning in played.Run.State.Outcomes.SelectMany(static o => o.Earnings))
            {
                (earning.Net - earning.Kept).Should().Be(0.Eur);
                earning.ByHand.Should().Be(0.Eur);
                (setting.Eased > 0 || earning.Kept == 0.Eur).Should().BeTrue();
            }

            if (setting is { Eased: 0, IsReevaluated: true })
            {
                Sum(played.Run.Entries.Where(static e => e is not DisputeHold)).Should().Be(0.Eur);
            }
        });

    // Statements do not say in which order things of one instant came: here no two come at once.
    [Fact]
    public void Closed_statements_stand_and_all_else_agrees_beside_them() => Check(static (setting, drawn) =>
    {
        Move[] moves = [.. drawn.Select(static m => m with { Hours = Math.Max(1, m.Hours) })];
        Play first = Played(setting, [.. Before(moves, Cut)], [], until: Cut - Duration.Epsilon);
        ValueList<Statement> closed = [.. first.Run.Statements(Cut).Where(static s => s.IsClosed)];
        Play again = Played(setting, moves, closed, static played => played.MustAgree(isRestored: true));

        ValueList<Statement> all = again.Run.Statements(End);
        closed.Should().BeSubsetOf(all);
        foreach (var account in all.GroupBy(static s => s.Partner))
        {
            account.Last().Closing.Should().Be(
                Sum(again.Run.Entries.Where(e => e.Partner == account.Key))
                    - Total(account.Select(static s => s.Payable - (s.Claimed ?? 0.Eur))));
        }
    });

    private static IEnumerable<Move> Before(Move[] moves, Instant end)
    {
        Instant now = Begin;
        return moves.TakeWhile(m => (now += Duration.FromHours(m.Hours)) < end);
    }

    private static Play Played(
        Setting setting,
        Move[] moves,
        ValueList<Statement> closed,
        Action<Play>? law = null,
        Instant? until = null)
    {
        Play played = new(CampaignOf(setting)) { Now = Begin };
        if (closed.Count > 0)
        {
            played.Run.Restore(closed, Cut);
        }

        int number = 0;
        foreach (Move move in moves)
        {
            // The same again has the same name and the same instant.
            played.Now += Duration.FromHours(Math.Max(0, move.Hours));
            EveryCentLog.Play(played.Run, move, move.Hours < 0 ? number - 1 : number++, played.Now);
            law?.Invoke(played);
        }

        played.Run.Expire(until ?? End);
        played.Book.Advance(until ?? End);
        law?.Invoke(played);
        return played;
    }

    private static Money Sum(IEnumerable<LedgerEntry> entries) => Total(entries.Select(static e => e.Amount));

    private static Money Total(IEnumerable<Money> amounts) =>
        amounts.Aggregate(0.Eur, static (sum, amount) => sum + amount);

    private static void Check(Action<Setting, Move[]> law) => Prop.ForAll(
        (from setting in Settings
         from moves in Moves
         select (setting, moves)).ToArbitrary(),
        c => law(c.setting, c.moves)).Check(Seeded);

    /// <summary>A run, with all that was recorded and its accounts.</summary>
    private sealed class Play
    {
        public Play(Campaign campaign)
        {
            Book = new(campaign);
            Run = new(campaign, new AllTouches())
            {
                Recorded = r =>
                {
                    Records.Add(r);
                    Book.Post(r);
                },
            };
        }

        public CampaignRun Run { get; }

        public AccountBook Book { get; }

        public List<CampaignRecord> Records { get; } = [];

        public Instant Now { get; set; }

        private IEnumerable<EarningState> Earnings => Run.State.Outcomes.SelectMany(static o => o.Earnings);

        public void MustAgree(bool isRestored = false)
        {
            LedgerEntry[] entries = [.. Records.OfType<LedgerEntry>()];
            entries.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
            Book.ToTrialBalance().IsBalanced.Should().BeTrue();
            foreach (PartnerId partner in Partners)
            {
                Money ledger = Sum(entries.Where(e => e.Partner == partner));
                EarningState[] own = [.. Earnings.Where(e => e.Earning.Partner == partner)];
                Total(own.Select(static e => e.Net + e.Repriced + e.Held)).Should().Be(ledger, "every entry is known");
                Total(Posted.Select(k => Balance(partner, k))).Should().Be(ledger, "every entry is posted");
                Money held = Total(own.Select(static e => e.Held));
                (Balance(partner, AccountKind.Disputed) + held).Should().BeGreaterThanOrEqualTo(0.Eur);
                Balance(partner, AccountKind.Locked).Should().BeGreaterThanOrEqualTo(0.Eur);
                Balance(partner, AccountKind.Payable).Should().BeGreaterThanOrEqualTo(0.Eur);
            }

            foreach (OutcomeState outcome in Run.State.Outcomes)
            {
                bool isDisputed = outcome.Decision?.Legs.Any(static l => l.Qualification is Qualification.Disputed)
                    == true;
                foreach (EarningState earning in outcome.Earnings)
                {
                    earning.Net.Should().BeGreaterThanOrEqualTo(0.Eur);
                    Money due = isDisputed ? -earning.Net : 0.Eur;
                    (isRestored || earning.Held == due).Should().BeTrue("it is held while it is disputed");
                }
            }

            MustHaveRoom(entries);
        }

        private void MustHaveRoom(LedgerEntry[] entries)
        {
            LedgerEntry[] paid = [.. entries.Where(static e => e is not DisputeHold)];
            Campaign campaign = Run.State.Campaign;
            BudgetBook.MustAgree(Run, paid);
            foreach (Limit limit in campaign.Contracts[0].Limits)
            {
                foreach (var month in paid.GroupBy(e =>
                    campaign.Contracts[0].Calendar.Containing(limit.Per, e.OccurredAt).Key))
                {
                    Sum(month).Should().BeLessThanOrEqualTo(limit.Amount!.Value, "a payable cap is never exceeded");
                }
            }
        }

        private Money Balance(PartnerId partner, AccountKind kind) =>
            Book.BalanceOf(new(new("acme-2026"), partner, kind, Currency.Eur));
    }

    private sealed class AllTouches : IJourneySource
    {
        public Journey Find(PerfMarketing.Events.Outcome outcome) => new(RandomLog.Touches);
    }
}
