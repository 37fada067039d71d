using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed partial class WorkflowTelemetryTests
{
    private const string SaleAt = "2026-03-03T12:00:00Z";

    private static readonly string[] PageLines =
        SourceTree.Files("*.md", "docs").Single(static f => f.Path == "docs/telemetry.md").Text.Split('\n');

    [Fact]
    public async Task Each_call_is_an_activity_with_its_answer()
    {
        using TelemetryProbe probe = new();
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());

        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", SaleAt, 100.Eur));
        await host.ProcessAsync(Sale("o1", SaleAt, 100.Eur));
        await host.ProcessAsync(Sale("o1", SaleAt, 50.Eur));
        await host.CorrectAsync(Returned("r1", "o1", "2026-03-05T12:00:00Z", 100.Eur));
        await host.ReviewAsync("o1", "2026-03-06T12:00:00Z");
        await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [new CampaignInput.OfOutcome(Sale("o2", SaleAt, 20.Eur))],
            At("2026-03-07T12:00:00Z"),
            default);
        await host.Settlement.SettleAsync(host.Campaign.Id, new(2026, 3), At("2026-04-01T00:00:00Z"), default);

        probe.ActivityTexts().Should().Equal(
            "record 1",
            "process acme-2026 decided qualified",
            "process acme-2026 replayed qualified",
            "process acme-2026 conflict qualified",
            "correct acme-2026 decided qualified",
            "review acme-2026 decided qualified",
            "process_batch acme-2026 1",
            "settle acme-2026 1");
        ShouldKeepToThePage(probe);
    }

    [Fact]
    public async Task Outcomes_and_commits_are_counted_by_what_came_of_them()
    {
        using TelemetryProbe probe = new();
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());

        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"), Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", SaleAt, 100.Eur));
        await host.ProcessAsync(Sale("o1", SaleAt, 100.Eur));
        await host.ProveAsync("o9", Evidence("e1", SaleAt));

        probe.CountTexts(WorkflowTelemetry.Touchpoints).Should().Equal("recorded: 1", "known: 1");
        probe.CountTexts(WorkflowTelemetry.Outcomes).Should().Equal(
            "acme-2026 decided qualified: 1", "acme-2026 replayed qualified: 1", "acme-2026 decided pending: 1");
        probe.CountTexts(WorkflowTelemetry.Commits).Should().Equal("acme-2026 committed: 2");
        probe.CountTexts(WorkflowTelemetry.Retries).Should().BeEmpty();
        ShouldKeepToThePage(probe);
    }

    [Fact]
    public async Task Retries_are_counted_until_the_bound_and_the_call_has_failed()
    {
        using TelemetryProbe probe = new();
        LiveHost host = new(
            Contract(Pay.Fixed(10.Eur)).ToCampaign(), static inner => new FaultyLedger(inner, static i => i switch
            {
                < 2 => Fault.Conflict,
                2 => Fault.None,
                _ => Fault.Lost,
            }));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        await host.ProcessAsync(Sale("o1", SaleAt));
        Func<Task> call = () => host.ProcessAsync(Sale("o2", SaleAt));
        await call.Should().ThrowAsync<CommitFailedException>();

        int bound = ConversionWorkflow.AttemptCountMax;
        probe.CountTexts(WorkflowTelemetry.Commits).Should().Equal(
            "acme-2026 version-conflict: 2", "acme-2026 committed: 1", $"acme-2026 unavailable: {bound}");
        probe.CountTexts(WorkflowTelemetry.Retries).Should().Equal($"acme-2026: {2 + bound - 1}");
        probe.ActivityTexts().Should().Equal(
            "record 1", "process acme-2026 decided qualified", "process acme-2026 failed");
        probe.CountTexts(WorkflowTelemetry.Outcomes).Should().Equal("acme-2026 decided qualified: 1");
        ShouldKeepToThePage(probe);
    }

    [Fact]
    public async Task Batch_counts_each_input_and_each_commit()
    {
        using TelemetryProbe probe = new();
        LiveHost host = new(
            Contract(Pay.Fixed(10.Eur)).ToCampaign(),
            static inner => new FaultyLedger(inner, static i => i == 1 ? Fault.Conflict : Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [.. new[] { "o1", "o2", "o3" }.Select(static id => new CampaignInput.OfOutcome(Sale(id, SaleAt)))],
            At("2026-03-07T12:00:00Z"),
            default);

        probe.CountTexts(WorkflowTelemetry.Outcomes).Should().Equal("acme-2026 decided qualified: 3");
        probe.CountTexts(WorkflowTelemetry.Commits).Should().Equal(
            "acme-2026 committed: 3", "acme-2026 version-conflict: 1");
        probe.CountTexts(WorkflowTelemetry.Retries).Should().Equal("acme-2026: 1");
        probe.ActivityTexts().Should().Equal("record 1", "process_batch acme-2026 3");
    }

    [Fact]
    public async Task Remittances_name_no_payee()
    {
        using TelemetryProbe probe = new();
        MemoryPayments bank = new();
        RemittanceWorkflow workflow = new(
            new FaultyLedger(new MemoryLedger(), static i => i == 0 ? Fault.Conflict : Fault.None), bank);
        PayableStatement[] statements = [.. Chain("a", 100)];

        await workflow.RemitAsync(Terms(), [.. statements], After(1), default);
        var paid = RemittanceAnswer.Of(bank.Instructions[0].Id, RemittanceResult.Confirmed, After(2));
        await workflow.ConfirmAsync(Blog, Currency.Eur, paid, default);
        await workflow.ReadAsync(Blog, Currency.Eur, default);

        probe.ActivityTexts().Should().Equal("remit 1", "confirm decided", "read_remittances 1");
        probe.CountTexts(WorkflowTelemetry.Commits).Should().Equal("version-conflict: 1", "committed: 2");
        probe.CountTexts(WorkflowTelemetry.Retries).Should().Equal(": 1");
        ShouldKeepToThePage(probe);
    }

    [Fact]
    public async Task Invoices_are_counted()
    {
        using TelemetryProbe probe = new();
        InvoiceWorkflow workflow = new(new MemoryStatementNumbers());

        await workflow.InvoiceAsync(
            new("acme"), [.. Chain("a", 100).Select(static s => s.Statement)], static _ => TaxTerms.None, default);

        probe.ActivityTexts().Should().Equal("invoice 1");
        ShouldKeepToThePage(probe);
    }

    [Fact]
    public void Page_lists_every_call_of_every_workflow() =>
        typeof(ConversionWorkflow).Assembly.GetExportedTypes()
            .Where(static t => t.Name.EndsWith("Workflow", StringComparison.Ordinal))
            .SelectMany(static t =>
                t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(static m => !m.IsSpecialName)
            .Select(static m => $"| `{m.DeclaringType!.Name}.{m.Name}` |").Distinct()
            .Where(static call => !PageLines.Any(l => l.Contains(call, StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Fact]
    public async Task Activity_of_the_caller_is_as_it_was_after_a_call()
    {
        using TelemetryProbe probe = new();
        using Activity own = new("host");
        own.Start();

        await new TouchpointWorkflow(new MemoryJourneys()).RecordAsync([], default);

        probe.Activities.Single().ParentSpanId.Should().Be(own.SpanId);
        Activity.Current.Should().BeSameAs(own);
    }

    [Fact]
    public async Task Call_that_is_cancelled_has_failed_and_nothing_is_counted()
    {
        using TelemetryProbe probe = new();
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).ToCampaign());
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();

        Func<Task> call = () => host.Conversions.ProcessAsync(
            host.Campaign.Id, Sale("o1", SaleAt), [], At(SaleAt), cancel.Token).AsTask();

        await call.Should().ThrowAsync<OperationCanceledException>();
        probe.ActivityTexts().Should().Equal("process acme-2026 failed");
        probe.Counts.Should().BeEmpty();
    }

    [Fact]
    public void Page_lists_every_value_of_an_answer()
    {
        string row = PageLines.Single(static l => l.StartsWith("| `perfmarketing.answer` |", StringComparison.Ordinal));

        AllOf<DecisionAnswer>().Concat(AllOf<TouchAnswer>()).Concat(AllOf<BookingAnswer>())
            .Should().OnlyContain(answer => row.Contains($"`{answer}`", StringComparison.Ordinal));

        static IEnumerable<string> AllOf<T>()
            where T : struct, Enum => Enum.GetValues<T>().Select(EnumText.Of);
    }

    [Fact]
    public void Nothing_is_made_when_nobody_listens() =>
        WorkflowTelemetry.Start(WorkflowTelemetry.Process, new("acme-2026")).Should().BeNull();

    [Fact]
    public void Page_lists_every_name_and_no_other() =>
        PageLines.Select(static l => FirstCell().Match(l)).Where(static m => m.Success)
            .Select(static m => m.Groups["name"].Value).Should().BeEquivalentTo(
                typeof(WorkflowTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Where(static f => f.IsLiteral && f.Name != nameof(WorkflowTelemetry.SourceName))
                    .Select(static f => (string)f.GetRawConstantValue()!));

    [Fact]
    public void Page_gives_kind_and_unit_of_each_counter()
    {
        List<string> found = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == WorkflowTelemetry.SourceName)
            {
                string kind = instrument is Counter<long> ? "counter" : instrument.GetType().Name;
                found.Add($"| `{instrument.Name}` | {kind} | `{instrument.Unit}` |");
            }
        };
        WorkflowTelemetry.Start(WorkflowTelemetry.Process)?.Dispose();
        listener.Start();

        found.Should().HaveCount(4).And.OnlyContain(
            row => PageLines.Any(l => l.StartsWith(row, StringComparison.Ordinal)));
    }

    private static void ShouldKeepToThePage(TelemetryProbe probe)
    {
        IEnumerable<(string Name, IEnumerable<string> Tags)> told =
            probe.Activities.Select(static a => (a.OperationName, a.TagObjects.Select(static t => t.Key)))
                .Concat(probe.Counts.Select(static c => (c.Instrument.Name, c.Tags.Select(static t => t.Key))));
        foreach ((string name, IEnumerable<string> tags) in told)
        {
            string row = PageLines.Single(l => l.StartsWith($"| `{name}` |", StringComparison.Ordinal));
            tags.Where(t => !row.Contains($"`{t}`", StringComparison.Ordinal)).Should().BeEmpty($"{name} has no other");
        }
    }

    [GeneratedRegex(@"^\| `(?<name>perfmarketing\.[a-z_]+)` \|", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstCell();
}
