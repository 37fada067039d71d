using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/why-refused.md, docs/late-results.md and docs/several-nodes.md.</summary>
public sealed class BudgetLedgerSnippets
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 12, 0);

    private static readonly BudgetPlan Plan =
        TermJson.Parse(ContractPages.Json("docs/why-refused.md", 0), BudgetPlan.Read)!;

    public static TheoryData<string> Promises => [.. BudgetLedgerChecks.All.Names];

    [Fact]
    public void Ask_whether_more_may_be_bought()
    {
        BudgetPlan plan = Plan;
        Instant now = Now;

        #region ask
        BudgetLedger ledger = new(plan);
        LedgerDecision decision = ledger.Decide(
            new LedgerRequest.Reserve(new("click-1"), [new("blog-daily")], 12.50m.Eur, At: now)
            {
                Expires = now + Duration.FromDays(30),
            },
            asOf: now);
        #endregion

        decision.IsDone.Should().BeTrue();
        decision.Headroom.Should().Be(40_00);
        LedgerRequest.Reserve more = new(new("click-2"), [new("blog-daily")], 30.Eur, now);
        LedgerRequest.Reserve other = new(new("click-3"), [new("mail")], 100.Eur, now);

        #region why
        LedgerDecision refused = ledger.Decide(more, now);
        string why = $"{refused.Reason}, again at {refused.ResetsAt}";
        #endregion

        why.Should().Be(
            "budget.exhausted (budget: blog-daily, scope: partner p-blog, requested: 30.00 EUR, headroom: 2750), "
            + "again at 2026-03-10T23:00:00Z");
        LedgerDecision parent = ledger.Decide(other, now);
        $"{parent.Reason}".Should().Be(
            "budget.parent-cap (budget: spring, scope: campaign spring, requested: 100.00 EUR, headroom: 8750)");
        parent.ResetsAt.Should().Be(Instant.FromUtc(2026, 3, 31, 22, 0));

        #region read
        BudgetSnapshot spring = ledger.Read(new("spring"), now)!;
        string stands = $"{spring.Window}: {spring.Reserved} reserved, {spring.Available} of {spring.Most} available";
        #endregion

        stands.Should().Be("2026-03: 1250 reserved, 8750 of 10000 available");
    }

    [Fact]
    public void A_limit_changes()
    {
        Instant now = Now;
        Instant friday = Now + Duration.FromDays(3);
        BudgetLedger ledger = new(Plan);

        #region change
        BudgetLine line = Plan.Lines.AsEnumerable().Single(static l => l.Id == new BudgetId("blog-daily"));
        ledger.Decide(new LedgerRequest.Change(new("raise-7"), line with { Limit = 50.Eur }), asOf: now);
        ledger.Decide(new LedgerRequest.ChangeLimit(new("friday"), line.Id, At: friday, Units: 90_00), asOf: now);
        #endregion

        ledger.Read(line.Id, now)!.Most.Should().Be(50_00);
        ledger.Read(line.Id, friday)!.Most.Should().Be(90_00, "that day alone");
        ledger.LimitsOf(line.Id)!.Changes.Count.Should().Be(1);
    }

    [Fact]
    public void A_line_cuts_its_own_windows()
    {
        Instant now = Now;
        BudgetPlan plan = TermJson.Parse(ContractPages.Json("docs/budget-windows.md", 2), BudgetPlan.Read)!;
        new BudgetPlanValidator().Validate(plan).IsValid.Should().BeTrue();

        #region line
        BudgetLedger ledger = new(plan);
        LedgerDecision bought = ledger.Decide(
            new LedgerRequest.Reserve(new("click-1"), [new("search")], 180.Eur, At: now), asOf: now);
        BudgetSnapshot today = ledger.Read(new("search"), now)!;
        #endregion

        bought.IsDone.Should().BeTrue();
        (today.Window, today.Limit, today.Available).Should().Be(("2026-03-10", 200_00, 20_00));
        (today.Whole!.Window, today.Whole.Limit).Should().Be(("2026-03", 3_100_00));
    }

    [Fact]
    public void Requests_and_answers_as_json()
    {
        Instant now = Now;
        BudgetLedger ledger = new(Plan);

        #region json
        string sent = TermJson.Write(new LedgerRequest.Reserve(new("click-1"), [new("mail")], 0.50m.Eur, At: now));
        LedgerRequest received = TermJson.Parse(sent, LedgerRequest.Read)!;
        string answer = TermJson.Write(ledger.Decide(received, asOf: now));
        #endregion

        TermJson.Parse(answer, LedgerDecision.Read).IsDone.Should().BeTrue();
        TermJson.Parse(ContractPages.Json("docs/several-nodes.md", 0), LedgerRequest.Read)
            .Should().BeOfType<LedgerRequest.Commit>();
    }

    [Fact]
    public void Results_that_arrive_late()
    {
        Instant now = Now;
        Instant later = Now + Duration.FromDays(2);
        List<LedgerEntry> stored = [];
        InFlightCohort[] cohorts = [new(Touches: 200, Mature: 0.5)];

        #region promise
        BudgetLedger ledger = new(Plan) { Journal = stored.Add };
        LedgerDecision promise = ledger.Decide(
            new LedgerRequest.Reserve(new("click-1"), [new("mail")], 0.Eur, At: now), now);
        LedgerDecision paid = ledger.Decide(new LedgerRequest.Commit(new("click-1"), 40.Eur), later);
        #endregion

        promise.IsDone.Should().BeTrue();
        (paid.Amount, paid.Marks).Should().Be((40.Eur, CommitMarks.OverReserve));

        #region unreserved
        LedgerDecision offline = ledger.Decide(
            new LedgerRequest.Commit(new("call-7"), 25.Eur) { Budgets = [new("mail")], At = later, BoughtAt = now },
            later);
        #endregion

        offline.Marks.Should().Be(CommitMarks.Unreserved);

        #region inflight
        InFlightCost cost = InFlightCost.Of(cohorts, rate: 0.02, payout: 10_00, results: 12);
        ledger.Decide(new LedgerRequest.Expect(new("in-flight-9"), new("mail"), later, (long)cost.Guarded), later);
        #endregion

        ledger.Read(new("mail"), later)!.Available.Should().BeLessThan(35_00);

        #region reverse
        LedgerDecision back = ledger.Decide(
            new LedgerRequest.Reverse(new("click-1"), new("return-9"), 15.Eur), later);
        BudgetLedger again = new(Plan, stored);                        // after a restart
        #endregion

        back.IsDone.Should().BeTrue();
        again.Read(new("mail"), now)!.Committed.Should().Be(25_00, "the call counts on its own day");
    }

    [Fact]
    public async Task A_ledger_on_each_node()
    {
        Instant now = Now;
        BudgetLedger pool = new(Plan);
        CancellationToken ct = CancellationToken.None;

        #region node
        LeaseTerms terms = new(node: "eu-1-8f3a", nodeCount: 8, ttl: Duration.FromSeconds(30));
        using LeasedLedger ledger = new(pool, Plan, terms);
        ValueList<LedgerDecision> decisions = await ledger.ApplyAsync(
            [new LedgerRequest.Reserve(new("click-1"), [new("mail")], 0.50m.Eur, At: now)], asOf: now, ct);

        await ledger.ExpireAsync(now + Duration.FromSeconds(10), ct);  // every ten seconds
        await ledger.ReturnAsync(now + Duration.FromSeconds(20), ct);  // when the node stops
        #endregion

        decisions[0].IsDone.Should().BeTrue();

        #region thread
        LedgerRequest.Reserve chunk = new(new("eu-1-8f3a/t3/1"), [new("mail")], 20.Eur, At: now)
        {
            Expires = now + Duration.FromSeconds(30),
        };
        LeasedBudget lease = new(chunk.Id, chunk.Amount.MinorUnits, chunk.Expires.Value);
        if ((await pool.ApplyAsync([chunk], now, ct))[0].IsDone)
        {
            while (lease.TryReserve(50))                               // buys for 0.50 EUR
            {
            }

            Money used = Money.FromMinor(lease.Used, Currency.Eur);
            await pool.ApplyAsync([new LedgerRequest.Commit(lease.Lease, used)], now, ct);
        }
        #endregion

        BudgetSnapshot read = (await pool.ReadAsync([new("mail")], now, ct))[0];
        (read.Committed, read.Reserved).Should().Be((20_00, 50));
    }

    #region checks
    [Theory]
    [MemberData(nameof(Promises))]
    public Task Budget_ledger_keeps_its_promises(string promise) =>
        BudgetLedgerChecks.All.RunAsync(promise, new BudgetLedger(BudgetLedgerChecks.Plan), CancellationToken.None);
    #endregion
}
