using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>explain</c>.</summary>
internal sealed class ExplainAction(ToolConsole console, CampaignFile files, LogLoader loader)
{
    /// <summary>Decides the whole log again and prints how one outcome came out.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(ExplainRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (loader.Read(request.Log, cancel) is not var (campaign, log)
            || files.ReadRates(request.Log.Rates) is not { } rates)
        {
            return ExitCodes.BadInput;
        }

        if (request.Audience.Partner is { } partner && campaign.Contracts.All(c => !c.Partners.Contains(partner)))
        {
            string unknown = $"{SettleCodes.PartnerUnknown}: No contract of the campaign names {partner}.";
            console.Complain([$"{request.Log.Campaign}: {unknown}"]);
            return ExitCodes.BadInput;
        }

        List<BudgetMoved> moves = [];
        SettlementRun run = Decide(request, (campaign, rates), log, moves, cancel);
        if (run.State.Find(request.Outcome) is not { } known)
        {
            string problem = $"{SettleCodes.OutcomeUnknown}: No event is about {request.Outcome}.";
            console.Complain([$"{request.Log.Events}: {problem}", .. Unread(request.Log.Events, log)]);
            return ExitCodes.BadInput;
        }

        IEnumerable<LedgerEntry> entries = run.Entries.Where(entry => entry.OutcomeId == request.Outcome);
        new Explanation(campaign, request.Audience, console.Out).Write(known, entries, moves);
        return ExitCodes.Done;
    }

    // What is looked for may stand on a line that could not be used.
    private static IEnumerable<string> Unread(string file, EventColumns log) => log.Rejected.Count == 0 ? [] :
    [
        $"{file}: {LogCodes.Unusable}: Lines that could not be used: {log.Rejected.Count}; the first:",
        log.Rejected[0].ToString(file),
    ];

    private SettlementRun Decide(
        ExplainRequest request,
        (Campaign Campaign, RateBook Rates) terms,
        EventColumns log,
        List<BudgetMoved> moves,
        CancellationToken cancel) =>
        ToolProgress.Run(console, "Deciding", "events", 1, progress =>
        {
            SettlementRun run = new(
                terms.Campaign,
                new LogJourneys(log.Touches, isWhole: true),
                PreviousRun.None,
                terms.Rates,
                ExplainLevel.Full,
                decision => moves.AddRange(decision.Records.OfType<BudgetMoved>()
                    .Where(moved => moved.OutcomeId == request.Outcome)));
            Instant asOf = request.Log.AsOf ?? log.LastRecordedAt;
            for (int i = 0; i < log.Events.Count && log.Events[i].RecordedAt <= asOf; i++)
            {
                cancel.ThrowIfCancellationRequested();
                run.Process(log.Events[i]);
                progress?.Invoke(i, log.Events.Count);
            }

            run.Close(asOf);
            return run;
        });
}
