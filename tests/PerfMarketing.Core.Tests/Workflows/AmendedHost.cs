using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// A log run twice: by the batch, and live by a host whose campaign learns of acceptances only when they come.
/// </summary>
internal sealed class AmendedHost
{
    private readonly CampaignDraft draft;
    private readonly Touchpoint[] touches;
    private readonly Queue<BackDatedVersion> acceptances;
    private readonly PriorityQueue<OutcomeId, (Instant At, int Order)> due = new();

    public AmendedHost(
        CampaignDraft draft, Touchpoint[] touches, Func<ILedgerStore, ILedgerStore>? around = null)
    {
        this.draft = draft;
        this.touches = touches;
        acceptances = new(draft.Build().BackDated);
        Live = new(KnownAt(Instant.MinValue), around);
    }

    public LiveHost Live { get; }

    // What came of the calls, in their order.
    public List<LedgerEntry> Entries { get; } = [];

    public HashSet<string> Codes { get; } = [];

    public CampaignRun Batch(IEnumerable<CampaignInput> log, Instant until)
    {
        CampaignRun run = new(draft.Build(), new TouchJourneys(touches));
        foreach (CampaignInput input in log)
        {
            run.Process(input);
        }

        run.Expire(until);
        return run;
    }

    public async Task RunAsync(IEnumerable<CampaignInput> log, Instant until)
    {
        await Live.RecordAsync(touches);
        foreach (CampaignInput input in log)
        {
            await PassAsync(input.RecordedAt);
            Keep(await Live.TakeAsync(input));
        }

        await PassAsync(until);
    }

    public Task<ConversionReport> TakeAsync(CampaignInput input) => Live.TakeAsync(input);

    // The acceptance comes before anything else of its instant, and both before what is handed in then.
    public async Task PassAsync(Instant now)
    {
        bool isDue = true;
        while (isDue)
        {
            Instant? accepted = acceptances.TryPeek(out BackDatedVersion next) && next.AcceptedAt <= now
                ? next.AcceptedAt
                : null;
            if (due.TryPeek(out OutcomeId id, out (Instant At, int Order) until) && until.At <= now
                && !(accepted <= until.At))
            {
                due.Dequeue();
                Live.Campaigns.Put(KnownAt(until.At).Build());
                Keep(await Live.Conversions.ReviewAsync(Live.Campaign.Id, id, until.At, CancellationToken.None));
            }
            else if (accepted is { } at)
            {
                acceptances.Dequeue();
                Live.Campaigns.Put(KnownAt(at).Build());
                await AmendAsync(next);
            }
            else
            {
                isDue = false;
            }
        }

        Live.Campaigns.Put(KnownAt(now).Build());
    }

    private async Task AmendAsync(BackDatedVersion next)
    {
        foreach (ConversionReport report in await Live.Amendments.AmendAsync(
            Live.Campaign.Id, next.Contract, next.AcceptedAt, CancellationToken.None))
        {
            Keep(report);
        }
    }

    private void Keep(ConversionReport report)
    {
        Entries.AddRange(report.Posted);
        Codes.UnionWith(report.Reasons.Select(static r => r.Code));
        Codes.UnionWith(report.Records.Select(static r => r.Tag));
        if (report.Records.Count > 0 && report.ReviewAt is { } until)
        {
            due.Enqueue(report.State.Id, (until, due.Count + Entries.Count));
        }

        foreach (ConversionReport promoted in report.Promoted)
        {
            Keep(promoted);
        }
    }

    // Versions that nobody has proposed yet do not exist.
    private CampaignDraft KnownAt(Instant now)
    {
        HashSet<(ContractId, int)> proposed = [];
        List<ContractHistory> lifecycles = [];
        foreach (ContractHistory history in draft.Lifecycles)
        {
            ContractEvent[] known = [.. history.Events.Where((e, i) => i == 0 || e.At <= now)];
            lifecycles.Add(history with { Events = [.. known] });
            proposed.UnionWith(
                known.OfType<ContractEvent.Proposed>().Select(e => (history.Contract, e.Version)));
        }

        return draft with
        {
            Contracts = [.. draft.Contracts.Where(c =>
                !lifecycles.Exists(l => l.Contract == c.Id) || proposed.Contains((c.Id, c.Version)))],
            Lifecycles = [.. lifecycles],
        };
    }
}
