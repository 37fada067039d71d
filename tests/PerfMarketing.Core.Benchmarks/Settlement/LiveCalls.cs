using System.Diagnostics;
using System.Globalization;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using PerfMarketing.Workflows;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// Sales of one partner under one monthly budget, one call each: with what is kept between calls and without, in turns.
/// </summary>
internal static class LiveCalls
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    public static void Run(ReadOnlySpan<string> args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 8_000;
        RunAsync(count).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(int count)
    {
        ConversionWorkflow kept = await HostAsync(new());
        ConversionWorkflow naive = await HostAsync(new(recordsMax: 0));
        int block = Math.Max(count / 8, 1);
        for (int done = 0; done < count; done += block)
        {
            (TimeSpan median, TimeSpan cpu, long bytes) fast = await SellAsync(kept, done, block);
            (TimeSpan median, TimeSpan cpu, long bytes) slow = await SellAsync(naive, done, block);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                to {done + block}: kept {Text(fast)}; not kept {Text(slow)}
                """));
        }
    }

    private static string Text((TimeSpan Median, TimeSpan Cpu, long Bytes) of) => string.Create(
        CultureInfo.InvariantCulture,
        $"{of.Median.TotalMilliseconds:0.000} ms, CPU {of.Cpu.TotalMilliseconds:0.000} ms, {of.Bytes / 1024} kB");

    private static async Task<ConversionWorkflow> HostAsync(CampaignCache cache)
    {
        Campaign campaign = ContractDraft.For("x").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign()
            .BudgetedBy(new(new("month"), 10_000_000.Eur, PeriodUnit.Month)).Build();
        MemoryLedger ledger = new();
        MemoryJourneys journeys = new();
        await new TouchpointWorkflow(journeys).RecordAsync(
            [
                new()
                {
                    Id = new("t1"), At = Start - Duration.FromHours(1), Customer = new("c1"), Partner = new("p-blog"),
                },
            ],
            default);
        WorkflowPorts ports = new()
        {
            Campaigns = new MemoryCampaigns(campaign), Journeys = journeys, Ledger = ledger, Due = ledger,
            Cache = cache,
        };
        return new(ports, new(new MemoryProofKeys()));
    }

    private static async Task<(TimeSpan Median, TimeSpan Cpu, long Bytes)> SellAsync(
        ConversionWorkflow workflow, int first, int count)
    {
        List<TimeSpan> each = [];
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        long bytes = GC.GetTotalAllocatedBytes();
        for (int i = first; i < first + count; i++)
        {
            Instant at = Start + Duration.FromMinutes(i);
            Outcome sale = new()
            {
                Id = new($"o{i}"), At = at, RecordedAt = at, Kind = "sale", Customer = new("c1"), Value = 33.33m.Eur,
                OrderId = new($"A-{i}"),
            };
            long begin = Stopwatch.GetTimestamp();
            await workflow.ProcessAsync(new("x"), sale, [], at, default);
            each.Add(Stopwatch.GetElapsedTime(begin));
        }

        self.Refresh();
        each.Sort();
        return (each[count / 2], (self.TotalProcessorTime - before) / count,
            (GC.GetTotalAllocatedBytes() - bytes) / count);
    }
}
