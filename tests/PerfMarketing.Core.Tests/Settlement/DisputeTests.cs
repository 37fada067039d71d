using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
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
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class DisputeTests
{
    private static readonly OutcomeId Id = new("outcome-1");

    private static readonly ContractDraft Terms = Contract(
        Pay.RevenueShare(12.Percent),
        static c => c with { Proof = ProofPolicy.TrustHost("paid", Duration.FromDays(14)) });

    private static readonly Invalidation Five =
        Marches("i1") with { Contract = Terms.Id, Amount = 5.Eur };

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
    public void A_ruling_that_it_falls_takes_the_money_back()
    {
        ContractScenario scenario = Disputed().At("2026-03-09 09:00").Proven(Ruling(9, EvidenceFinding.Failed))
            .ExpectRejected(ProofReasons.RuledOut).ExpectEarned("p-blog", "0.00 EUR")
            .ExpectStatement("2026-03", "0.00 EUR");

        EarningState earning = scenario.State.Find(Id)!.Earnings.Single();
        (earning.Held, earning.Causes.Count).Should().Be((0.Eur, 1));
        scenario.At("2026-03-10 09:00").Retracted().ExpectEarned("p-blog", "0.00 EUR")
            .ExpectStatement("2026-03", "0.00 EUR");
        scenario.State.Find(Id)!.Earnings.Single().Causes.Should().HaveCount(2);
    }

    [Fact]
    public void What_was_ruled_out_comes_back_with_what_contradicts_the_ruling()
    {
        ContractScenario scenario = Disputed().At("2026-03-06 09:00").Returned(50.Eur)
            .At("2026-03-09 09:00").Proven(Ruling(9, EvidenceFinding.Failed)).ExpectEarned("p-blog", "0.00 EUR")
            .At("2026-03-10 09:00").Proven(Says("late-yes", 10));

        scenario.ExpectEarned("p-blog", "6.00 EUR").ExpectStatement("2026-03", "0.00 EUR");
        scenario.State.Find(Id)!.Earnings.Single().Held.Should().Be(-6.Eur);
        scenario.At("2026-03-11 09:00").Proven(Ruling(11, EvidenceFinding.Happened, "ruling-2"))
            .ExpectEarned("p-blog", "6.00 EUR").ExpectStatement("2026-03", "6.00 EUR");
    }

    [Fact]
    public void What_was_ruled_out_gives_its_room_in_budgets_back()
    {
        Books books = new(Terms.ToCampaign().BudgetedBy(new Budget(new("b"), 100.Eur, PeriodUnit.Month)));
        books.Sell();
        books.Contradict();
        Committed().Should().Be(12.Eur);

        books.Say(Ruling(9, EvidenceFinding.Failed), "2026-03-09T08:00:00Z");
        Committed().Should().Be(0.Eur);

        Money Committed() =>
            books.State.BudgetOf(books.State.Campaign.Budgets[0], Day(1)).Committed.Amount!.Value;
    }

    [Fact]
    public void A_correction_of_what_is_held_takes_no_other_money()
    {
        Books books = new(Terms.ToCampaign());
        books.Sell();
        books.Sell(Sale() with { Id = new("outcome-2"), Value = 50.Eur }, "yes-2");
        books.Contradict();
        (books.Of(AccountKind.Payable), books.Of(AccountKind.Disputed)).Should().Be((6.Eur, 12.Eur));

        foreach (CampaignRecord record in books.Return(25.Eur, "2026-03-06T08:00:00Z"))
        {
            books.Book.Post(record);
            books.Of(AccountKind.Payable).Amount.Should().BeGreaterThanOrEqualTo(6m, record.Tag);
            books.Of(AccountKind.ClawbackDue).Should().Be(0.Eur);
        }

        (books.Of(AccountKind.Payable), books.Of(AccountKind.Disputed)).Should().Be((6.Eur, 9.Eur));
    }

    [Fact]
    public void An_invalidation_of_what_is_held_leaves_less_disputed()
    {
        Books books = new(Terms.ToCampaign());
        books.Sell();
        books.Contradict();
        books.Invalidate("2026-03-06T08:00:00Z");

        (books.Of(AccountKind.Payable), books.Of(AccountKind.Disputed)).Should().Be((0.Eur, 7.Eur));
        books.State.Find(Id)!.Decision!.Legs.Single().Amount.Should().Be(7.Eur);
    }

    // Two of three parts for the mail, of which half has come back by hand: what is held is of each what it is worth.
    [Fact]
    public void What_is_disputed_of_each_partner_is_what_it_earned()
    {
        Books books = new(
            Terms.ToCampaign().AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T07:00:00Z"),
            Touch("p-mail", "2026-03-01T08:00:00Z"));
        books.Sell();
        books.Invalidate("2026-03-03T08:00:00Z");
        books.Contradict();

        (books.Of(AccountKind.Disputed), books.Of(AccountKind.Disputed, "p-mail"))
            .Should().Be((1.Eur, 6.Eur));
    }

    // Evidence of a closed month holds the money when the next one begins, also when nothing else happens.
    [Fact]
    public void A_hold_that_comes_into_a_closed_period_is_posted_at_its_end()
    {
        Campaign campaign = Terms.ToCampaign().Build();
        CampaignInput[] log =
        [
            Of(Sale()), new CampaignInput.OfEvidence(Id, Says("yes", 2)),
            Of(Sale() with { Id = new("o2"), At = Day(3), RecordedAt = Day(3) }),
            new CampaignInput.OfEvidence(new("o2"), Says("yes", 3) with { ReplayKey = new EvidenceId("other") }),
        ];
        JourneyTouch touch = Touch("p-blog", "2026-03-01T08:00:00Z");
        CampaignRun first = Run(campaign, touch);
        Array.ForEach(log, i => first.Process(i));
        first.Expire(At("2026-04-02T00:00:00Z"));

        CampaignRun second = Run(campaign, touch);
        second.Restore(first.Statements(At("2026-04-02T00:00:00Z")), At("2026-04-02T00:00:00Z"));
        Array.ForEach(log, i => second.Process(i));
        second.Process(new CampaignInput.OfEvidence(Id, Says("no", 5, EvidenceFinding.Failed)));
        second.Expire(At("2026-05-02T00:00:00Z"));

        DisputeHold hold = second.Entries.OfType<DisputeHold>().Should().ContainSingle().Subject;
        (hold.Amount, hold.DecidedAt).Should().Be((-12.Eur, At("2026-03-31T22:00:00Z")));
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
        Books books = new(Terms.ToCampaign());
        books.Sell();
        (books.Of(AccountKind.Payable), books.Of(AccountKind.Disputed)).Should().Be((12.Eur, 0.Eur));

        books.Contradict();
        (books.Of(AccountKind.Payable), books.Of(AccountKind.Disputed)).Should().Be((0.Eur, 12.Eur));

        books.Say(Ruling(9, EvidenceFinding.Happened), "2026-03-09T08:00:00Z");
        (books.Of(AccountKind.Payable), books.Of(AccountKind.Disputed)).Should().Be((12.Eur, 0.Eur));
        books.Of(AccountKind.AdvertiserDue).Should().Be(-12.Eur);
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
        Books books = new(Terms.ToCampaign());
        Instant asOf = Day(10);
        List<CampaignRecord> records = [.. books.Sell(Sale(), null, asOf)];
        foreach (EvidenceVerdict verdict in arrivals)
        {
            records.AddRange(books.Say(verdict, asOf += Duration.FromHours(1)));
        }

        return (
            books.State.Find(Id)!.Decision!.Qualification.GetType(),
            records.OfType<LedgerEntry>().Sum(static e => e.Amount.MinorUnits));
    }

    private static IEnumerable<EvidenceVerdict[]> Permutations(EvidenceVerdict[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]])
            .Select(rest => (EvidenceVerdict[])[item, .. rest]));

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
        RecordedAt = At("2026-03-01T09:00:00Z"),
    };

    private static EvidenceVerdict Ruling(int day, EvidenceFinding finding, string id = "ruling") =>
        Says(id, day, finding) with { Kind = EvidenceKind.Ruling };

    private static EvidenceVerdict Says(
        string id, int day, EvidenceFinding finding = EvidenceFinding.Happened) =>
        EvidenceVerdict.Asserted("paid", new(id), Day(day)) with { Finding = finding };

    private static Instant Day(int day) => Instant.FromUtc(2026, 3, day, 7, 0);

    /// <summary>What happens to one campaign, and the accounts that follow it.</summary>
    private sealed class Books
    {
        private readonly CampaignDecider decider;
        private readonly Journey journey;

        public Books(CampaignDraft draft, params JourneyTouch[] touches)
        {
            Campaign campaign = draft.Build();
            (State, Book, decider) = (new(campaign), new(campaign), new(campaign));
            journey = new(touches.Length > 0 ? touches : new[] { Touch("p-blog", "2026-03-01T08:00:00Z") });
        }

        public CampaignState State { get; }

        public AccountBook Book { get; }

        public void Sell() => Sell(Sale(), "yes");

        public void Sell(Outcome sale, string proof) => Sell(sale, proof, At("2026-03-02T08:00:00Z"));

        public ValueList<CampaignRecord> Sell(Outcome sale, string? proof, Instant asOf) =>
            Posted(decider.Receive(State, sale, proof is null ? [] : [Says(proof, 1)], journey, asOf).Records);

        public void Contradict() => Say(Says("no", 5, EvidenceFinding.Failed), "2026-03-05T08:00:00Z");

        public void Say(EvidenceVerdict verdict, string at) => Say(verdict, At(at));

        public ValueList<CampaignRecord> Say(EvidenceVerdict verdict, Instant asOf) =>
            Posted(decider.AddEvidence(State, Id, verdict, journey, asOf).Records);

        // Not posted yet.
        public ValueList<CampaignRecord> Return(Money amount, string at) =>
            decider.Correct(State, Returned("r1", Id.Value, at, amount), journey, At(at)).Records;

        public void Invalidate(string at) =>
            Posted([.. decider.Invalidate(State, Five, At(at)).Decisions.SelectMany(static d => d.Records)]);

        public Money Of(AccountKind kind, string partner = "p-blog") =>
            Book.BalanceOf(new Account(Terms.Id, new(partner), kind, Currency.Eur));

        private ValueList<CampaignRecord> Posted(ValueList<CampaignRecord> records)
        {
            Book.Post(records);
            return records;
        }
    }
}
