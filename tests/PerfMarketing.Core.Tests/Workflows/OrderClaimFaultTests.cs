using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;
using static PerfMarketing.Tests.Workflows.OrderSample;
using PortLedger = PerfMarketing.Testing.FaultyLedger;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Whatever breaks off between the claim of an order and its decision, one campaign pays for it.</summary>
public sealed class OrderClaimFaultTests
{
    // Each way to break off at each call of the store: the order is paid once, by the campaign that asked first.
    [Fact]
    public async Task Every_crash_point_comes_to_the_same()
    {
        FaultPlan none = new();
        string[] expected = await PlayAsync(none);
        expected.Should().Contain("/advertiser/acme/claim/" + DerivedId.Of("order", "A-1") + " 1");
        none.CallCount.Should().BeGreaterThan(8);

        for (int call = 0; call < none.CallCount; call++)
        {
            foreach (PortFaultKind kind in (PortFaultKind[])
                [
                    PortFaultKind.FailBefore, PortFaultKind.FailAfter, PortFaultKind.LostAcknowledgement,
                    PortFaultKind.Unavailable, PortFaultKind.VersionConflict, PortFaultKind.StaleRead,
                ])
            {
                (await PlayAsync(FaultPlan.At(call, kind))).Should().Equal(expected, $"{kind} at call {call}");
            }
        }
    }

    // A second outcome with the order comes to the campaign whose first call broke off after the claim.
    [Fact]
    public async Task Claim_is_of_the_campaign_and_not_of_one_outcome()
    {
        bool crashes = true;
        LiveHost a = new(DraftOf("camp-a"), inner => new FaultyLedger(
            inner, number => crashes && number == 1 ? Fault.Crash : Fault.None));
        await a.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        Func<Task> broken = () => a.ProcessAsync(Order);
        await broken.Should().ThrowAsync<IOException>();
        (await ClaimsAsync(a)).Should().ContainSingle();
        crashes = false;

        ConversionReport other = await a.ProcessAsync(Order with { Id = new("o2") });
        ConversionReport first = await a.ProcessAsync(Order);

        other.Posted.Should().ContainSingle();
        Text(first).Should().Be("outcome.duplicate-order (order: A-1, first: o2)");
        a.Ledger.Entries.Should().ContainSingle();
    }

    [Theory]
    [InlineData("the store gives no answer", Fault.Lost)]
    [InlineData("somebody was faster, and cannot be read", Fault.Conflict)]
    public async Task Attempts_to_take_an_order_are_bounded(string because, object fault)
    {
        int commits = 0;
        LiveHost host = new(DraftOf("camp-a"), inner => new FaultyLedger(
            inner, number => (commits = number + 1) > 0 ? (Fault)fault : Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        Func<Task> call = () => host.ProcessAsync(Order);

        await call.Should().ThrowAsync<CommitFailedException>(because).WithMessage("'claim/*");

        commits.Should().Be(ConversionWorkflow.AttemptCountMax);
        host.Ledger.Positions.Should().BeEmpty(because);
    }

    // An order in two campaigns, then what is left of it; what broke off is called again.
    private static async Task<string[]> PlayAsync(FaultPlan faults)
    {
        MemoryLedger ledger = new();
        PortLedger faulty = new(ledger, faults);
        LiveHost a = new(DraftOf("camp-a"), _ => faulty, ledger: ledger);
        LiveHost b = new(DraftOf("camp-b"), _ => faulty, ledger: ledger);
        foreach (LiveHost host in (LiveHost[])[a, b])
        {
            await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
            await AgainAsync(() => host.ProcessAsync(Order));
        }

        Outcome[] next =
        [
            Sale("o2", Noon, 5.Eur) with { OrderId = new("A-2") }, Sale("o3", Noon) with { OrderId = new("A-3") },
        ];
        foreach (LiveHost host in (LiveHost[])[b, a])
        {
            await AgainAsync(async () => await host.Conversions.ProcessBatchAsync(
                host.Campaign.Id, [.. next.Select(Of), Of(Retracted("r1", "o1", Noon))], At(Noon), default));
        }

        return [.. a.Streams(), .. (await a.StoredAsync()).Select(static r => r.Record.ToString()!)];
    }

    private static async Task AgainAsync(Func<Task> call)
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                await call();
                return;
            }
            catch (PortFailedException)
            {
                // The host comes back and makes the call again.
            }
        }
    }
}
