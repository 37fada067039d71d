using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Testing;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class DisputeTests
{
    private static readonly OutcomeId Id = new("outcome-1");

    private static readonly ContractDraft Terms = Contract(
        Pay.RevenueShare(12.Percent),
        static c => c with { Proof = ProofPolicy.TrustHost("paid", Duration.FromDays(14)) });

    [Fact]
    public void Evidence_that_contradicts_what_was_earned_holds_the_money()
    {
        ContractScenario scenario = Sold()
            .At("2026-03-02 09:00").Proven(Says("yes", 2)).ExpectStatement("2026-03", "12.00 EUR")
            .At("2026-03-05 09:00").Proven(Says("no", 5, EvidenceFinding.Failed));

        scenario.ExpectEarned("p-blog", "12.00 EUR").ExpectStatement("2026-03", "0.00 EUR");
        OutcomeState known = scenario.State.Find(Id)!;
        known.Decision!.Qualification.Should().BeOfType<Qualification.Disputed>();
        known.Decision.Legs.Single().Amount.Should().Be(12.Eur);
        known.Earnings.Single().Held.Should().Be(-12.Eur);
    }

    [Fact]
    public void A_ruling_that_it_stands_lets_the_money_go()
    {
        ContractScenario scenario = Disputed().At("2026-03-09 09:00").Proven(Ruling(9, EvidenceFinding.Happened))
            .ExpectEarned("p-blog", "12.00 EUR").ExpectStatement("2026-03", "12.00 EUR");

        scenario.State.Find(Id)!.Earnings.Single().Held.Should().Be(0.Eur);
        scenario.State.Find(Id)!.Decision!.Legs.Single().Qualification.Should().BeOfType<Qualification.Qualified>();
        scenario.At("2026-03-10 09:00").Proven(Says("no-again", 10, EvidenceFinding.Failed))
            .ExpectStatement("2026-03", "0.00 EUR");
    }

    [Fact]
    public void A_ruling_that_it_falls_keeps_the_money_until_the_outcome_is_retracted()
    {
        ContractScenario scenario = Disputed().At("2026-03-09 09:00").Proven(Ruling(9, EvidenceFinding.Failed))
            .ExpectRejected(ProofReasons.RuledOut).ExpectStatement("2026-03", "0.00 EUR");

        scenario.State.Find(Id)!.Earnings.Single().Held.Should().Be(-12.Eur);
        scenario.At("2026-03-10 09:00").Retracted().ExpectEarned("p-blog", "0.00 EUR")
            .ExpectStatement("2026-03", "0.00 EUR");
        scenario.State.Find(Id)!.Earnings.Single().Held.Should().Be(0.Eur);
    }

    [Fact]
    public void Corrections_of_a_disputed_outcome_change_what_is_held()
    {
        ContractScenario scenario = Disputed().At("2026-03-06 09:00").Returned(50.Eur)
            .ExpectEarned("p-blog", "6.00 EUR").ExpectStatement("2026-03", "0.00 EUR");

        scenario.State.Find(Id)!.Earnings.Single().Held.Should().Be(-6.Eur);
        scenario.At("2026-03-09 09:00").Proven(Ruling(9, EvidenceFinding.Happened))
            .ExpectStatement("2026-03", "6.00 EUR");
    }

    [Fact]
    public void Accounts_move_what_is_disputed_out_of_what_is_payable_and_back()
    {
        Campaign campaign = Terms.ToCampaign().Build();
        CampaignState state = new(campaign);
        CampaignDecider decider = new(campaign);
        AccountBook book = new(campaign);
        Journey journey = new(new[] { Touch("p-blog", "2026-03-01T08:00:00Z") });
        book.Post(decider.Receive(state, Sale(), [Says("yes", 1)], journey, At("2026-03-02T08:00:00Z")).Records);
        (Balance(book, AccountKind.Payable), Balance(book, AccountKind.Disputed)).Should().Be((12.Eur, 0.Eur));

        book.Post(decider.AddEvidence(
            state, Id, Says("no", 5, EvidenceFinding.Failed), journey, At("2026-03-05T08:00:00Z")).Records);
        (Balance(book, AccountKind.Payable), Balance(book, AccountKind.Disputed)).Should().Be((0.Eur, 12.Eur));

        book.Post(decider.AddEvidence(
            state, Id, Ruling(9, EvidenceFinding.Happened), journey, At("2026-03-09T08:00:00Z")).Records);
        (Balance(book, AccountKind.Payable), Balance(book, AccountKind.Disputed)).Should().Be((12.Eur, 0.Eur));
        Balance(book, AccountKind.AdvertiserDue).Should().Be(-12.Eur);
    }

    // Whatever the order in which evidence arrives, the outcome ends the same, and so does the money.
    [Fact]
    public void Every_permutation_of_evidence_gives_the_same_end()
    {
        EvidenceVerdict yes = Says("yes", 2);
        EvidenceVerdict[][] sets =
        [
            [yes, Says("yes-2", 3)],
            [yes, Says("no", 3, EvidenceFinding.Failed)],
            [Says("no", 2, EvidenceFinding.Failed)],
            [yes, yes with { Content = Digest.Of([7]), ReceivedAt = Day(4) }],
            [yes, Says("no", 3, EvidenceFinding.Failed), Ruling(4, EvidenceFinding.Happened)],
            [yes, Says("no", 3, EvidenceFinding.Failed), Ruling(4, EvidenceFinding.Failed)],
            [yes, Says("no", 3, EvidenceFinding.Failed), Ruling(4, EvidenceFinding.Failed), Says("late-yes", 5)],
        ];
        foreach (EvidenceVerdict[] set in sets)
        {
            (Type, long)[] ends = [.. Permutations(set).Select(End).Distinct()];
            ends.Should().HaveCount(1, string.Join(", ", set.Select(static v => v.ReplayKey)));
        }
    }

    [Fact]
    public void A_hold_reads_back()
    {
        OutcomeState known = Disputed().State.Find(Id)!;
        DisputeHold hold = new()
        {
            OutcomeId = Id,
            DecidedAt = Day(5),
            Id = DisputeHold.IdOf(known.Earnings[0].Earning.Id, 1),
            Contract = new("c"),
            Version = 1,
            Clause = new("sale"),
            Partner = new("p-blog"),
            Amount = -12.Eur,
            OccurredAt = Day(1),
            PayableAt = Day(5),
            Corrects = known.Earnings[0].Earning.Id,
            Number = 1,
            Reason = Reason.Of(ProofReasons.Contradicted, ("evidence", "yes"), ("against", "no")),
        };
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(hold), failures, CampaignRecord.Read).Should().Be(hold);
        failures.Should().BeEmpty();
    }

    private static (Type Standing, long Payable) End(EvidenceVerdict[] arrivals)
    {
        Campaign campaign = Terms.ToCampaign().Build();
        CampaignState state = new(campaign);
        CampaignDecider decider = new(campaign);
        Journey journey = new(new[] { Touch("p-blog", "2026-03-01T08:00:00Z") });
        Instant asOf = Day(10);
        List<CampaignRecord> records = [.. decider.Receive(state, Sale(), [], journey, asOf).Records];
        foreach (EvidenceVerdict verdict in arrivals)
        {
            records.AddRange(decider.AddEvidence(state, Id, verdict, journey, asOf += Duration.FromHours(1)).Records);
        }

        return (
            state.Find(Id)!.Decision!.Qualification.GetType(),
            records.OfType<LedgerEntry>().Sum(static e => e.Amount.MinorUnits));
    }

    private static IEnumerable<EvidenceVerdict[]> Permutations(EvidenceVerdict[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]])
            .Select(rest => (EvidenceVerdict[])[item, .. rest]));

    private static Money Balance(AccountBook book, AccountKind kind) =>
        book.BalanceOf(new Account(Terms.Id, new("p-blog"), kind, Currency.Eur));

    private static ContractScenario Sold() => new ContractScenario(Terms)
        .At("2026-03-01 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur).ExpectPending("paid");

    private static ContractScenario Disputed() => Sold()
        .At("2026-03-02 09:00").Proven(Says("yes", 2))
        .At("2026-03-05 09:00").Proven(Says("no", 5, EvidenceFinding.Failed));

    private static Outcome Sale() => new()
    {
        Id = Id,
        At = At("2026-03-01T09:00:00Z"),
        Kind = OutcomeKind.Sale,
        Customer = new CustomerId("c1"),
        Value = 100.Eur,
    };

    private static EvidenceVerdict Ruling(int day, EvidenceFinding finding) =>
        Says("ruling", day, finding) with { Kind = EvidenceKind.Ruling };

    private static EvidenceVerdict Says(
        string id, int day, EvidenceFinding finding = EvidenceFinding.Happened) =>
        EvidenceVerdict.Asserted("paid", new(id), Day(day)) with { Finding = finding };

    private static Instant Day(int day) => Instant.FromUtc(2026, 3, day, 7, 0);
}
