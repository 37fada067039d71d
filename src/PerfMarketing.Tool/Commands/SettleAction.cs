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
        LogRequest log = request.Log;
        if (!new KeptInputs(console).Allow(
            request.Out, SettlementFiles.Names, log.Campaign, log.Events, log.Map, log.Rates, request.SealKey))
        {
            return ExitCodes.BadInput;
        }

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

        Instant? end = request.Period is { } month ? new ShownMonth(campaign, month, []).End : null;
        Instant? asked = request.Log.AsOf ?? end;
        string events = request.Log.Events;
        if (UselessLog.Why(events, decided.End, decided.Rejected, asked is not null) is { Count: > 0 } useless)
        {
            console.Complain(useless);
            return ExitCodes.BadInput;
        }

        // Without a word: when the log ends, or when the month that is asked for is over; not before the earlier run.
        Instant asOf = request.Log.AsOf
            ?? Instant.Max(
                Instant.Max(decided.End, end ?? Instant.MinValue), decided.Previous ?? Instant.MinValue);
        return Conclude(request, decided, asOf);
    }

    // Files first: what cannot be summed up in a table is settled all the same.
    private int Conclude(SettleRequest request, Decided decided, Instant asOf)
    {
        Campaign campaign = decided.Run.State.Campaign;
        ValueList<Statement> statements;
        try
        {
            statements = decided.Run.Close(asOf);
        }
        catch (StatementBoundsException problem)
        {
            console.Complain([$"{request.Log.Campaign}: {SettleCodes.TooGreat}: {problem.Message}"]);
            return ExitCodes.BadInput;
        }

        if (request.Out is { } folder && !TryWrite(folder, request, decided, statements, asOf))
        {
            return ExitCodes.BadInput;
        }

        try
        {
            SettlementReport report = SettlementReport.Of(campaign, decided.Run, statements, asOf, request.Period);
            Print(request, report with { Unused = report.Unused.With(decided.Rejected) });
            if (report.TooGreat is null)
            {
                return ExitCodes.Done;
            }

            console.Complain([$"{request.Log.Events}: {SettleCodes.TooGreat}: {report.TooGreat} All else is settled."]);
        }
        catch (OverflowException problem)
        {
            string written = request.Out is null ? string.Empty : " All files are written.";
            console.Complain([$"{request.Log.Campaign}: {SettleCodes.TooGreat}: {problem.Message}{written}"]);
        }

        return ExitCodes.BadInput;
    }

    private Decided? Hold(SettleRequest request, CancellationToken cancel)
    {
        if (loader.Read(request.Log, cancel) is not var (campaign, log)
            || ReadPrevious(request, campaign) is not { } previous
            || files.ReadRates(request.Log.Rates) is not { } rates)
        {
            return null;
        }

        SettlementRun run = RunOf(request, campaign, log.Touches, previous, rates);
        Instant asOf = request.Log.AsOf ?? Instant.MaxValue;
        if (request.IsStrict && log.Rejected.Count > 0)
        {
            return new(run, log.Rejected, log.LastRecordedAt, previous.AsOf);
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

            return new Decided(run, log.Rejected, log.LastRecordedAt, previous.AsOf);
        });
    }

    private Decided? Stream(SettleRequest request, CancellationToken cancel)
    {
        if (files.ReadCampaign(request.Log.Campaign) is not { } campaign
            || ReadPrevious(request, campaign) is not { } previous
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

            return new Decided(run, log.Rejected, log.LastRecordedAt, previous.AsOf);
        });
    }

    // A full explanation names touches after the outcome too.
    private static SettlementRun RunOf(
        SettleRequest request, Campaign campaign, TouchColumns touches, PreviousRun previous, RateBook rates)
    {
        bool isFull = request.Explain == DecisionDetail.Full;
        ExplainLevel level = isFull ? ExplainLevel.Full : ExplainLevel.Standard;
        return new(campaign, new LogJourneys(touches, isWhole: isFull), previous, rates, level) { Touches = touches };
    }

    private PreviousRun? ReadPrevious(SettleRequest request, Campaign campaign) => request.Previous is null
        ? PreviousRun.None
        : files.Read(
            Path.Combine(request.Previous, SettlementFiles.Statements),
            terms =>
            {
                PreviousRun previous = SettlementFiles.ReadStatements(terms, campaign.Id);
                IEnumerable<Statement> read = previous.Statements.Where(static s => s is not null);
                foreach (Reason changed in CampaignRun.CheckRestored(campaign, read))
                {
                    terms.Fail("statements", changed.Code, $"Terms have changed: {changed}.");
                }

                if (request.Log.AsOf < previous.AsOf)
                {
                    terms.Fail("asOf", SettleCodes.PreviousLater, $"The earlier run is as of {previous.AsOf}.");
                }

                return previous;
            });

    private bool TryWrite(
        string folder, SettleRequest request, Decided decided, ValueList<Statement> statements, Instant asOf)
    {
        ProofSecret? key = null;
        try
        {
            if (request.SealKey is { } file && (key = ReadKey(file)) is null)
            {
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

    // The key of the seals; null when it cannot be used, and then why was printed.
    private ProofSecret? ReadKey(string file)
    {
        try
        {
            ProofSecret key = ProofSecret.FromBytes(File.ReadAllBytes(file));
            if (key.CanSign)
            {
                return key;
            }

            key.Erase();
            console.Complain([$"{file}: {SettleCodes.SealKeyUnusable}: A key has 24 to 64 bytes."]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            console.Complain([$"{file}: {SettleCodes.SealKeyUnusable}: {problem.Message}"]);
        }

        return null;
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
    private sealed record Decided(
        SettlementRun Run, IReadOnlyList<RejectedLine> Rejected, Instant End, Instant? Previous);
}
