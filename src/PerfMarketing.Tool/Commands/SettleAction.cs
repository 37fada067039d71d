using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>settle</c>.</summary>
internal sealed class SettleAction(ToolConsole console, CampaignFile files, LogLoader loader)
{
    /// <summary>Settles a campaign from a log.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(SettleRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if ((request.IsSorted ? Stream(request, cancel) : Hold(request, cancel)) is not { } decided)
        {
            return ExitCodes.BadInput;
        }

        Campaign campaign = decided.Run.State.Campaign;
        if (request.IsStrict && decided.Rejected.Count > 0)
        {
            console.Complain(decided.Rejected.Select(line => line.ToString(request.Log.Events)));
            return ExitCodes.BadInput;
        }

        // Without a word: when the log ends, or when the month that is asked for is over.
        Instant end = request.Period is { } period ? campaign.Calendar.Month(period).End : Instant.MinValue;
        Instant asOf = request.Log.AsOf ?? Instant.Max(decided.End, end);
        ValueList<Statement> statements = decided.Run.Close(asOf);
        if (request.Out is { } folder && !TryWrite(folder, request, decided, statements, asOf))
        {
            return ExitCodes.BadInput;
        }

        Print(request, SettlementReport.Of(campaign, decided.Run, statements, asOf, request.Period) with
        {
            RejectedLines = decided.Rejected.Count,
        });
        return ExitCodes.Done;
    }

    private Decided? Hold(SettleRequest request, CancellationToken cancel)
    {
        if (loader.Read(request.Log, cancel) is not var (campaign, log)
            || ReadPrevious(request.Previous, campaign) is not { } previous
            || files.ReadRates(request.Log.Rates) is not { } rates)
        {
            return null;
        }

        SettlementRun run = RunOf(request, campaign, log.Touches, previous, rates);
        Instant asOf = request.Log.AsOf ?? Instant.MaxValue;
        if (request.IsStrict && log.Rejected.Count > 0)
        {
            return new(run, log.Rejected, log.LastRecordedAt);
        }

        return ToolProgress.Run(console, "Deciding", "events", 1, progress =>
        {
            for (int i = 0; i < log.Events.Count && log.Events[i].RecordedAt <= asOf; i++)
            {
                run.Process(log.Events[i]);
                if (i % 1_000 == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    progress?.Invoke(i, log.Events.Count);
                }
            }

            return new Decided(run, log.Rejected, log.LastRecordedAt);
        });
    }

    private Decided? Stream(SettleRequest request, CancellationToken cancel)
    {
        if (files.ReadCampaign(request.Log.Campaign) is not { } campaign
            || ReadPrevious(request.Previous, campaign) is not { } previous
            || files.ReadRates(request.Log.Rates) is not { } rates)
        {
            return null;
        }

        return loader.Stream(request.Log, (log, progress) =>
        {
            SettlementRun run = RunOf(request, campaign, log.Touches, previous, rates);
            Instant asOf = request.Log.AsOf ?? Instant.MaxValue;
            foreach (LogEvent held in log.Read(progress))
            {
                cancel.ThrowIfCancellationRequested();
                if (held.RecordedAt <= asOf)
                {
                    run.Process(held);
                }
            }

            return new Decided(run, log.Rejected, log.LastRecordedAt);
        });
    }

    // A full explanation names touches after the outcome too.
    private static SettlementRun RunOf(
        SettleRequest request, Campaign campaign, TouchColumns touches, PreviousRun previous, RateBook rates)
    {
        bool isFull = request.Explain == DecisionDetail.Full;
        ExplainLevel level = isFull ? ExplainLevel.Full : ExplainLevel.Standard;
        return new(campaign, new LogJourneys(touches, isWhole: isFull), previous, rates, level);
    }

    private PreviousRun? ReadPrevious(string? folder, Campaign campaign) => folder is null
        ? PreviousRun.None
        : files.Read(
            Path.Combine(folder, SettlementFiles.Statements),
            terms => SettlementFiles.ReadStatements(terms, campaign.Id));

    private bool TryWrite(
        string folder, SettleRequest request, Decided decided, ValueList<Statement> statements, Instant asOf)
    {
        ProofSecret? key = null;
        try
        {
            key = request.SealKey is { } file ? ProofSecret.FromBytes(File.ReadAllBytes(file)) : null;
            if (key is { CanSign: false })
            {
                console.Complain([$"{request.SealKey}: {SettleCodes.SealKeyUnusable}: A key has 24 to 64 bytes."]);
                return false;
            }

            SettlementOutput output = new(folder, decided.Rejected, request.Explain, key, request.HasProofs);
            SettlementFiles.Write(output, decided.Run.State.Campaign, decided.Run, statements, asOf);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            console.Complain([$"{folder}: {SettleCodes.Unwritable}: {problem.Message}"]);
            return false;
        }
        finally
        {
            key?.Erase();
        }
    }

    private void Print(SettleRequest request, SettlementReport report)
    {
        if (request.IsJson)
        {
            console.Out.WriteLine(TermJson.Write(report, indented: true));
        }
        else
        {
            SettlementTable.Write(report, console.Out);
        }
    }

    /// <summary>A run that has decided the whole log.</summary>
    private sealed record Decided(SettlementRun Run, IReadOnlyList<RejectedLine> Rejected, Instant End);
}
