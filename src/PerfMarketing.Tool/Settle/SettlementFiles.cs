using NodaTime;
using NodaTime.Text;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tool.Commands;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>Writes and reads the files of a run.</summary>
internal static class SettlementFiles
{
    /// <summary>The statements, as one JSON object.</summary>
    public const string Statements = "statements.json";

    /// <summary>The ledger entries, as CSV.</summary>
    public const string Ledger = "ledger.csv";

    /// <summary>One explained decision for each outcome, as JSON lines.</summary>
    public const string Decisions = "decisions.jsonl";

    /// <summary>The lines of the log that could not be used, as CSV.</summary>
    public const string Rejected = "rejected.csv";

    private const int Format = 1;
    private const string DecisionTerm = "decision";

    private static readonly string[] ReasonTerms = ["reason", "reasons", "notes", "touches"];

    /// <summary>Writes all files.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="run">The run, closed.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="asOf">The instant at which everything was looked at.</param>
    /// <param name="beside">The lines that could not be used, and how much decisions explain.</param>
    public static void Write(
        string folder,
        Campaign campaign,
        SettlementRun run,
        ValueList<Statement> statements,
        Instant asOf,
        (IEnumerable<RejectedLine> Rejected, DecisionDetail Detail) beside)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(run);
        Directory.CreateDirectory(folder);
        Parallel.Invoke(
            () => OutputFiles.Replace(
                folder, Statements, target => WriteStatements(target, campaign, statements, asOf)),
            () => OutputFiles.Replace(folder, Ledger, target => WriteLedger(target, statements)),
            () => OutputFiles.Replace(folder, Decisions, target => WriteDecisions(target, run, beside.Detail)),
            () => OutputFiles.Replace(folder, Rejected, target => WriteRejected(target, beside.Rejected)));
    }

    /// <summary>Reads the statements that an earlier run wrote for a campaign.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="campaign">The campaign that they must be of.</param>
    public static PreviousRun ReadStatements(TermReader terms, CampaignId campaign)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Integer("format") != Format)
        {
            terms.Fail("format", TermCodes.Malformed, $"Statements of format {Format} can be read.");
        }

        if (terms.Value<CampaignId>("campaign") is { IsUnset: false } found && found != campaign)
        {
            terms.Fail("campaign", SettleCodes.OtherCampaign, $"The statements are not those of {campaign}.");
        }

        PreviousRun previous = new(terms.List("statements", Statement.Read), terms.Instant("asOf"));
        HashSet<StatementId> ids = [];
        if (previous.Statements.Any(statement => statement is not null && !ids.Add(statement.Id)))
        {
            terms.Fail("statements", SettlementReasons.StatementUnsound, "A statement stands twice.");
        }

        return previous;
    }

    private static void WriteStatements(
        Stream target, Campaign campaign, ValueList<Statement> statements, Instant asOf)
    {
        TermWriter terms = new();
        terms.Integer("format", Format);
        terms.Value("campaign", campaign.Id);
        terms.Instant("asOf", asOf);
        JsonLines lines = new(target);

        // The object is written member by member, so that not all statements are in memory as terms at once.
        ReadOnlySpan<byte> head = JsonText.WriteUtf8(terms.ToNode());
        lines.Write(head[..^1]);
        lines.Write(",\"statements\":["u8);
        for (int i = 0; i < statements.Count; i++)
        {
            lines.Write(i == 0 ? "\n"u8 : ",\n"u8);
            lines.Write(TermNode.Of(statements[i]));
        }

        lines.Write("\n]}\n"u8);
        lines.Flush();
    }

    private static void WriteLedger(Stream target, ValueList<Statement> statements)
    {
        using StreamWriter lines = OutputFiles.Lines(target);
        OutputFiles.WriteCells(
            lines,
            "statement", "period", "entry", "kind", "contract", "version", "clause", "partner", "outcome", "occurredAt",
            "decidedAt", "payableAt", "amount", "currency", "because");
        foreach (Statement statement in statements)
        {
            foreach (LedgerEntry entry in statement.Lines)
            {
                OutputFiles.WriteCells(
                    lines,
                    statement.Id.Value, statement.Period, entry.Id.Value, entry.Tag, entry.Contract.Value,
                    CsvCell.Of(entry.Version), entry.Clause.Value, entry.Partner.Value, entry.OutcomeId.ToString(),
                    Text(entry.OccurredAt), Text(entry.DecidedAt), Text(entry.PayableAt),
                    CsvCell.Of(entry.Amount.Amount), entry.Amount.Currency.Code, Because(entry));
            }
        }
    }

    private static string Because(LedgerEntry entry) => entry switch
    {
        Earning earning => string.Join("; ", earning.Lines.Select(static line => line.ToString())),
        PeriodEarning earning => string.Join("; ", earning.Lines.Select(static line => line.ToString())),
        ManualEntry entered => $"{entered.Source.Author}: {entered.Source.Note}",
        Adjustment adjustment => adjustment.Reason.ToString(),
        Amendment amendment => amendment.Reason.ToString(),
        _ => string.Empty,
    };

    private static void WriteDecisions(Stream target, SettlementRun run, DecisionDetail detail)
    {
        JsonLines lines = new(target);
        ILookup<OutcomeId, LedgerEntry> entries = run.Entries.ToLookup(static entry => entry.OutcomeId);
        foreach (OutcomeState known in run.Outcomes)
        {
            TermNode described = Describe(known, entries[known.Id]);
            lines.Write(detail == DecisionDetail.None ? Plain(described) : described);
            lines.Write("\n"u8);
        }

        lines.Flush();
    }

    /// <summary>An outcome with all that was decided and posted for it.</summary>
    /// <param name="known">The outcome as it stands.</param>
    /// <param name="entries">Its ledger entries.</param>
    public static TermNode Describe(OutcomeState known, IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(known);
        TermWriter terms = new();
        terms.Terms("outcome", known.Outcome);
        terms.List("evidence", known.Verdicts);
        terms.List("corrections", known.Corrections);
        terms.Terms(DecisionTerm, known.Decision);
        terms.List("entries", entries.ToValueList());
        return terms.ToNode();
    }

    // What was decided, without why: no reasons and no touches, at any depth of the decision.
    private static TermNode Plain(TermNode node) => TermNode.OfObject(
        node.Names,
        [.. node.Names.Zip(node.Items, static (name, item) => name == DecisionTerm ? WithoutReasons(item) : item)]);

    private static TermNode WithoutReasons(TermNode node)
    {
        if (node.Kind == TermKind.List)
        {
            return TermNode.OfList([.. node.Items.Select(WithoutReasons)]);
        }

        if (node.Kind != TermKind.Object)
        {
            return node;
        }

        (string Name, TermNode Item)[] kept =
            [.. node.Names.Zip(node.Items).Where(static term => !ReasonTerms.Contains(term.First))];
        return TermNode.OfObject(
            [.. kept.Select(static term => term.Name)], [.. kept.Select(static term => WithoutReasons(term.Item))]);
    }

    private static void WriteRejected(Stream target, IEnumerable<RejectedLine> rejected)
    {
        using StreamWriter lines = OutputFiles.Lines(target);
        OutputFiles.WriteCells(lines, "line", "column", "code", "reason", "raw");
        foreach (RejectedLine line in rejected)
        {
            OutputFiles.WriteCells(
                lines, CsvCell.Of(line.Line), CsvCell.Of(line.Column), line.Code, line.Reason, line.Raw);
        }
    }

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
