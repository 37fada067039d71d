using PerfMarketing.Identity;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/simulation.md.</summary>
public sealed class FaultSnippets
{
    [Fact]
    public async Task Break_a_commit_off()
    {
        CancellationToken ct = CancellationToken.None;
        CommitBatch batch = new() { Unit = new CampaignId("acme-2026"), Key = "k", Content = default, Appends = [] };

        #region faults
        var lost = FaultPlan.At(0, PortFaultKind.LostAcknowledgement);
        FaultyLedger store = new(new MemoryLedger(), lost);
        CommitResult first = await store.CommitAsync(batch, ct);
        CommitResult again = await store.CommitAsync(batch, ct);
        #endregion

        first.Should().Be(new CommitResult.Unavailable(MaybeApplied: true));
        again.Should().BeOfType<CommitResult.Replayed>();
        lost.CallCount.Should().Be(2);
    }
}
