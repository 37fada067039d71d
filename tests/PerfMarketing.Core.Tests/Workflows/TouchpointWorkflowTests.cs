using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class TouchpointWorkflowTests
{
    [Fact]
    public async Task Batch_is_answered_touch_by_touch()
    {
        TouchpointWorkflow workflow = new(new MemoryJourneys());
        Touchpoint good = Click("p-blog", "2026-03-01T09:00:00Z");
        Touchpoint nobodys = Click("p-mail", "2026-03-01T09:00:00Z") with { Partner = default };

        ValueList<TouchpointReceipt> receipts = await workflow.RecordAsync(
            [nobodys, good, good, good with { Partner = new("p-mail") }], CancellationToken.None);

        receipts.Select(r => r.Answer).Should()
            .Equal(TouchAnswer.Refused, TouchAnswer.Recorded, TouchAnswer.Known, TouchAnswer.Conflict);
        receipts[0].Reason!.Code.Should().Be(EventCodes.PartnerMissing);
        receipts[1].Should().Be(new TouchpointReceipt(good.Id, TouchAnswer.Recorded));
    }

    [Fact]
    public async Task Empty_batch_has_no_receipts() =>
        (await new TouchpointWorkflow(new MemoryJourneys()).RecordAsync([], CancellationToken.None)).Should().BeEmpty();
}
