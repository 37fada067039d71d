using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Budgets.Ledger;

public sealed class BudgetLedgerChecksTests
{
    // A limit that cuts or that is exceeded counts what lies idle in leases; the docs say so.
    private static readonly string[] WithoutLeases =
    [
        "Any requests are answered as one would count by hand",
        "Answers at once are answers one after the other",
        "A commit above its reservation counts and is marked",
        "A line that rejects pays what is left",
    ];

    public static TheoryData<string> Promises { get; } = [.. BudgetLedgerChecks.All.Names];

    public static TheoryData<string> Leased { get; } = [.. BudgetLedgerChecks.All.Names.Except(WithoutLeases)];

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { nameof(BudgetLedgerFault.CountsRepeats), "A repeated reservation counts once" },
        { nameof(BudgetLedgerFault.IgnoresContent), "Same id with other content is a conflict" },
        {
            nameof(BudgetLedgerFault.KeepsRefusals),
            "A refusal names the limit that binds and leaves nothing behind"
        },
        { nameof(BudgetLedgerFault.IgnoresParents), "A parent refuses what its children would take" },
        { nameof(BudgetLedgerFault.NamesNoLimit), "A refusal names the limit that binds and leaves nothing behind" },
        { nameof(BudgetLedgerFault.SaysNoReset), "A refusal names the limit that binds and leaves nothing behind" },
        { nameof(BudgetLedgerFault.IgnoresFlex), "Flex is part of the limit" },
        { nameof(BudgetLedgerFault.NeverExpires), "What expires is free and may be committed later" },
        { nameof(BudgetLedgerFault.LosesLateCommits), "What is released is free once" },
        { nameof(BudgetLedgerFault.LosesUnreservedCommits), "A commit without a reservation counts and is marked" },
        { nameof(BudgetLedgerFault.PaysAboveRejectingLines), "A line that rejects pays what is left" },
        { nameof(BudgetLedgerFault.GivesRoomForEveryReversal), "Reversals that give no room give none" },
        { nameof(BudgetLedgerFault.CountsByTheClock), "A reservation counts in the period of its instant" },
        { nameof(BudgetLedgerFault.IgnoresLeases), "What is taken out of a lease takes no room" },
        { nameof(BudgetLedgerFault.ChecksAndThenCounts), "As many callers are admitted as fit" },
        { nameof(BudgetLedgerFault.ShowsWhatItGivesBack), "Answers at once are answers one after the other" },
        { nameof(BudgetLedgerFault.LosesPromises), "A promise that is told after its lease is kept" },
        { nameof(BudgetLedgerFault.KeepsEveryPromise), "A promise that is told after its lease is kept" },
        { nameof(BudgetLedgerFault.ExpectsNothing), "What is expected in flight leaves less room" },
        {
            nameof(BudgetLedgerFault.ForgetsChanges), "A changed limit holds at once and each change counts once"
        },
        { nameof(BudgetLedgerFault.IgnoresSharedDays), "Days share a month" },
        { nameof(BudgetLedgerFault.IgnoresLaterRollingDays), "Rolling days share a limit" },
        {
            nameof(BudgetLedgerFault.IgnoresRecognition),
            "A result counts when it occurred was touched or was approved"
        },
        { nameof(BudgetLedgerFault.BeginsAnyPeriod), "Nothing counts far from the present" },
    };

    [Theory]
    [MemberData(nameof(Promises))]
    public Task Ledger_in_memory_keeps_its_promises(string promise) =>
        BudgetLedgerChecks.All.RunAsync(promise, new BudgetLedger(BudgetLedgerChecks.Plan), CancellationToken.None);

    [Theory]
    [MemberData(nameof(Leased))]
    public async Task Ledger_of_a_node_keeps_them_too(string promise)
    {
        BudgetLedger pool = new(BudgetLedgerChecks.Plan);
        LeaseTerms terms = new("node-1", nodeCount: 2, ttl: Duration.FromMinutes(1));
        using LeasedLedger node = new(pool, BudgetLedgerChecks.Plan, terms);
        await BudgetLedgerChecks.All.RunAsync(promise, node, CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Broken_ledger_is_found(string fault, string check)
    {
        BrokenBudgetLedger broken = new(Enum.Parse<BudgetLedgerFault>(fault));
        Func<Task> run = () => BudgetLedgerChecks.All.RunAsync(check, broken, CancellationToken.None);

        await run.Should().ThrowAsync<ScenarioFailedException>();
    }

    [Fact]
    public void Every_fault_is_looked_for() =>
        Faults.Select(static f => (string)f[0]).Should().BeEquivalentTo(Enum.GetNames<BudgetLedgerFault>());
}
