using NodaTime;
using NodaTime.Text;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tool.Audit;
using PerfMarketing.Tool.Commands;

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

    /// <summary>The names of all files that a run may write.</summary>
    public static readonly IReadOnlyList<string> Names =
        [Statements, Ledger, Decisions, RejectedFile.Name, ChainFiles.Chain, ChainFiles.Seals, ChainFiles.Proofs];

    private const int Format = 1;
    private const string DecisionTerm = "decision";

    private static readonly string[] ReasonTerms = ["reason", "reasons", "notes", "touches"];

    /// <summary>Writes all files.</summary>
    /// <param name="output">The folder, made when it is not there, and what is written beside statements.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="run">The run, closed.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="asOf">The instant at which everything was looked at.</param>
    public static void Write(
        SettlementOutput output, Campaign campaign, SettlementRun run, ValueList<Statement> statements, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(run);
        string folder = output.Folder;
        ChainStart start = ChainStart.Of(campaign.Id, output.SealKey);
        List<ChainRecord> entries = [];
        List<ChainRecord> evidence = [];
        List<ChainRecord> heads = [];
        List<ChainRecord> decisions = [];
        using OutputFolder files = new(folder);
        using ProofSecretScope secret = new(start);
        Together.Do(
            () => files.Write(
                Statements, target => WriteStatements(target, campaign, statements, asOf, (entries, heads))),
            () => files.Write(Ledger, target => WriteLedger(target, statements)),
            () => files.Write(
                Decisions,
                target => WriteDecisions(target, run, output.Detail, (evidence, decisions, secret.Secret))),
            () => RejectedFile.Write(files, output.Rejected.Concat(run.SetAside.Select(static a => a.ToLine()))));
        entries.AddRange(evidence);
        ChainFiles.Write(
            files,
            start,
            (entries, [ChainRecord.OfRun(campaign.Id, asOf), .. heads, .. decisions, .. RejectedIn(folder)]),
            statements,
            output.HasProofs);
        files.Commit();
    }

    // The records of the rejected lines, as they were written.
    private static IEnumerable<ChainRecord> RejectedIn(string folder)
    {
        int number = 0;
        using AuditLines lines = AuditLines.Open(folder, OutputFolder.Beside(RejectedFile.Name));
        while (lines.Peek() is not null)
        {
            yield return ChainRecord.OfRejected(++number, lines.Take());
        }
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
        Stream target,
        Campaign campaign,
        ValueList<Statement> statements,
        Instant asOf,
        (List<ChainRecord> Entries, List<ChainRecord> Heads) chained)
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
            TermNode node = TermNode.Of(statements[i]);
            lines.Write(i == 0 ? "\n"u8 : ",\n"u8);
            lines.Write(node);
            chained.Heads.Add(ChainRecord.OfStatement(statements[i].Id, node));
            chained.Entries.AddRange(EntriesOf(statements[i], node));
        }

        lines.Write("\n]}\n"u8);
        lines.Flush();
    }

    /// <summary>The records of a statement's lines.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="node">Its terms.</param>
    public static IEnumerable<ChainRecord> EntriesOf(Statement statement, TermNode node)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(node);
        ValueList<TermNode> lines = node.Find("lines")?.Items ?? [];
        for (int i = 0; i < lines.Count; i++)
        {
            yield return ChainRecord.OfEntry(statement.Lines[i], lines[i]);
        }
    }

    private static void WriteLedger(Stream target, ValueList<Statement> statements)
    {
        using StreamWriter lines = OutputFiles.Lines(target);
        foreach (string row in RowsOf(statements))
        {
            lines.WriteLine(row);
        }
    }

    /// <summary>The rows of the ledger.</summary>
    /// <param name="statements">The statements.</param>
    public static IEnumerable<string> RowsOf(IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        yield return OutputFiles.Row(
            "statement", "period", "entry", "kind", "contract", "version", "clause", "partner", "outcome", "occurredAt",
            "decidedAt", "payableAt", "amount", "currency", "because");
        foreach (Statement statement in statements)
        {
            foreach (LedgerEntry entry in statement.Lines.ToArray())
            {
                yield return OutputFiles.Row(
                    statement.Id.Value, statement.Period, entry.Id.Value, entry.Tag, entry.Contract.Value,
                    CsvCell.Of(entry.Version), entry.Clause.Value, entry.Partner.Value, entry.OutcomeId.ToString(),
                    Text(entry.OccurredAt), Text(entry.DecidedAt), Text(entry.PayableAt),
                    CsvCell.Of(entry.Amount.Amount), entry.Amount.Currency.Code, Because(entry) + OverBudgetOf(entry));
            }
        }
    }

    private static string OverBudgetOf(LedgerEntry entry) =>
        entry.OverBudget is { } over ? $"; above a budget, borne by its payer: {over}" : string.Empty;

    private static string Because(LedgerEntry entry) => entry switch
    {
        Earning earning => string.Join("; ", earning.Lines.Select(static line => line.ToString())),
        PeriodEarning earning => string.Join(
            "; ",
            earning.Lines.Select(static l => l.ToString()).Concat(earning.Notes.Select(static n => n.ToString()))),
        ManualEntry entered => $"{entered.Source.Author}: {entered.Source.Note}",
        Adjustment adjustment => adjustment.Reason.ToString(),
        Amendment amendment => amendment.Reason.ToString(),
        DisputeHold hold => hold.Reason.ToString(),
        _ => string.Empty,
    };

    private static void WriteDecisions(
        Stream target,
        SettlementRun run,
        DecisionDetail detail,
        (List<ChainRecord> Evidence, List<ChainRecord> Lines, ProofSecret Secret) chained)
    {
        JsonLines lines = new(target);
        ILookup<OutcomeId, LedgerEntry> entries = run.Entries.ToLookup(static entry => entry.OutcomeId);
        foreach (OutcomeState known in run.Outcomes)
        {
            TermNode described = Describe(known, entries[known.Id]);
            TermNode written = detail == DecisionDetail.None ? Plain(described) : described;
            lines.Write(written);
            lines.Write("\n"u8);
            chained.Lines.Add(ChainRecord.OfDecision(chained.Lines.Count + 1, written));
            for (int i = 0; i < known.Verdicts.Count; i++)
            {
                chained.Evidence.Add(ChainRecord.OfEvidence(known.Id, i, known.Verdicts[i], chained.Secret));
            }
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

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
