using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Children that came before their parent are decided by the call that decides the parent.</summary>
public sealed class WaitingChildrenTests
{
    private static CampaignDraft Campaign => Contract(Pay.Fixed(10.Eur)).ToCampaign();

    [Fact]
    public async Task Call_that_decides_the_parent_decides_its_children_and_theirs()
    {
        LiveHost host = await HostAsync();

        ConversionReport report = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        report.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        report.Promoted.Select(static p => $"{p.State.Id} {p.Posted.Count}").Should().Equal("o2 1", "o3 1", "o4 1");
        host.Ledger.Entries.Select(static e => e.OutcomeId.Value).Should().Equal("o1", "o2", "o3", "o4");
    }

    [Fact]
    public async Task Who_waits_stands_in_the_stream_of_the_parent()
    {
        LiveHost host = await HostAsync();

        host.Streams().Should().Contain(["acme-2026/outcome/o1 2", "acme-2026/outcome/o2 3"]);
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        OutcomeState parent = (await host.ReviewAsync("o1", "2026-03-04T12:00:00Z")).State;
        parent.WaitingChildren.Should().BeEmpty();
        parent.ReleasedChildren.Select(static c => c.Value).Should().Equal("o2", "o3");
    }

    [Fact]
    public async Task Who_waits_no_more_is_not_decided_again()
    {
        LiveHost host = await HostAsync();
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        ConversionReport report = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        report.Promoted.Should().BeEmpty();
        host.Ledger.Entries.Should().HaveCount(5, "corrections of a parent never change its children");
    }

    // The parent's commit is the first after those of the children; each crash leaves more of the family decided.
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "o1")]
    [InlineData(2, "o1 o2")]
    [InlineData(3, "o1 o2 o3")]
    public async Task Call_that_broke_off_is_repeated_to_catch_up(int crash, string done)
    {
        int commits = -3;
        LiveHost host = await HostAsync(inner => new FaultyLedger(
            inner, _ => commits++ == crash ? Fault.Crash : Fault.None));
        Func<Task> call = () => host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        await call.Should().ThrowAsync<IOException>();
        string.Join(' ', host.Ledger.Entries.Select(static e => e.OutcomeId)).Should().Be(done);
        await call();

        host.Ledger.Entries.Select(static e => e.OutcomeId.Value).Should().Equal("o1", "o2", "o3", "o4");
    }

    [Fact]
    public async Task Children_of_a_parent_that_nobody_was_credited_for_are_refused_with_it()
    {
        LiveHost host = new(Campaign);
        await host.ProcessAsync(Child("o2", "o1"));

        ConversionReport report = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        report.Promoted.Should().ContainSingle().Which.Reasons.Select(static r => r.Code)
            .Should().Equal(SettlementReasons.ParentNotCredited);
        report.Promoted[0].State.Decision!.Qualification.Should().NotBeNull();
        (await host.ReviewAsync("o1", "2026-03-04T12:00:00Z")).State.WaitingChildren.Select(static c => c.Value)
            .Should().Equal(["o2"], "the parent may be credited yet");
    }

    [Fact]
    public async Task Child_and_parent_that_come_at_once_are_both_paid()
    {
        for (int i = 0; i < 20; i++)
        {
            LiveHost host = new(Campaign);
            await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

            await Task.WhenAll(
                Task.Run(() => host.ProcessAsync(Child("o2", "o1"))),
                Task.Run(() => host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"))),
                Task.Run(() => host.ProcessAsync(Child("o3", "o1"))));

            host.Ledger.Entries.Select(static e => e.OutcomeId.Value).Should().BeEquivalentTo("o1", "o2", "o3");
        }
    }

    [Fact]
    public async Task Outcomes_that_name_each_other_as_parents_wait_for_ever()
    {
        LiveHost host = new(Campaign);
        await host.ProcessAsync(Child("o1", "o2"));

        ConversionReport report = await host.ProcessAsync(Child("o2", "o1"));

        report.Promoted.Should().BeEmpty();
        host.Ledger.Entries.Should().BeEmpty();
    }

    private static Outcome Child(string id, string parent) =>
        Sale(id, "2026-03-03T12:00:00Z") with { Parent = new OutcomeId(parent) };

    // o2 and o3 wait for o1, o4 for o2.
    private static async Task<LiveHost> HostAsync(Func<ILedgerStore, ILedgerStore>? around = null)
    {
        LiveHost host = new(Campaign, around);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Child("o2", "o1"));
        await host.ProcessAsync(Child("o3", "o1"));
        await host.ProcessAsync(Child("o4", "o2"));
        return host;
    }
}
