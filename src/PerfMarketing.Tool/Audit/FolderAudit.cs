using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Audit;

/// <summary>Checks a folder that <c>settle --out</c> wrote, file by file.</summary>
/// <remarks>
/// Nothing in the folder is believed: every content, link, root, row and proof is computed again. Who changes records,
/// chain and seals together and consistently is found only by a head that was published before.
/// </remarks>
internal sealed class FolderAudit
{
    private const string StatementsEnd = "]}";

    private readonly string folder;
    private readonly FolderRecords records = new();
    private readonly List<AuditFault> faults = [];
    private readonly Dictionary<StatementId, StatementSeal> seals = [];

    private ChainAudit? chain;
    private ValueList<Statement> statements = [];
    private int proofs;

    private FolderAudit(string folder) => this.folder = folder;

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="published">A head of the ledger that was published before; null when there is none.</param>
    public static AuditReport Run(string folder, TreeHead? published)
    {
        FolderAudit audit = new(folder);
        audit.Run(published);
        return new()
        {
            Broken = audit.faults.ToValueList(),
            Records = audit.chain?.Lines.Count ?? 0,
            Statements = audit.statements.Count,
            Seals = audit.seals.Count,
            Proofs = audit.proofs,
            Ledger = audit.chain?.End.Ledger,
        };
    }

    private void Run(TreeHead? published)
    {
        chain = Checked(ChainFiles.Chain, lines => ChainAudit.Read(lines, published));
        if (chain is null)
        {
            return;
        }

        records.AddStart(chain.Start);
        using ProofSecretScope secret = new(chain.Start);
        statements = Checked(SettlementFiles.Statements, ReadStatements) ?? [];
        Checked(SettlementFiles.Decisions, lines => ReadDecisions(lines, secret.Secret));
        Checked(RejectedFile.Name, ReadRejected);
        bool isRead = faults.Count == 0;
        faults.AddRange(records.CompareTo(chain.Lines, isRead));
        if (isRead)
        {
            Checked(SettlementFiles.Ledger, CompareRows);
        }

        // Seals and proofs of records that differ must differ, and say nothing more.
        if (faults.Count == 0)
        {
            Checked(ChainFiles.Seals, lines => CompareSeals(lines, secret.Secret));
        }

        if (faults.Count == 0 && File.Exists(Path.Combine(folder, ChainFiles.Proofs)))
        {
            Checked(ChainFiles.Proofs, CompareProofs);
        }
    }

    private void Checked(string file, Action<AuditLines> check) => Checked<object>(file, lines =>
    {
        check(lines);
        return lines;
    });

    // The first fault of a file ends its check.
    private T? Checked<T>(string file, Func<AuditLines, T> check)
        where T : class
    {
        int line = 1;
        try
        {
            using AuditLines lines = AuditLines.Open(folder, file);
            try
            {
                return check(lines);
            }
            finally
            {
                line = Math.Max(lines.Number, 1);
            }
        }
        catch (AuditException problem)
        {
            faults.Add(problem.Fault);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            faults.Add(new(file, line, AuditCodes.Unreadable, problem.Message));
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            // Bytes that are no text, or terms that have no canonical form.
            faults.Add(new(file, line, AuditCodes.Malformed, problem.Message));
        }

        return null;
    }

    private ValueList<Statement> ReadStatements(AuditLines lines)
    {
        PreviousRun run = lines.Next(
            terms => SettlementFiles.ReadStatements(terms, chain!.Start.Campaign), added: StatementsEnd);
        records.Add(lines, ChainRecord.OfRun(chain!.Start.Campaign, run.AsOf.GetValueOrDefault()));
        List<Statement> all = [];
        bool isMore = lines.Peek() != StatementsEnd;
        while (isMore)
        {
            Statement statement = lines.Next(Statement.Read, dropped: ",");
            isMore = lines.WasDropped;
            records.Add(lines, ChainRecord.OfStatement(statement.Id, lines.Node));
            foreach (ChainRecord entry in SettlementFiles.EntriesOf(statement, lines.Node))
            {
                records.Add(lines, entry);
            }

            all.Add(statement);
        }

        lines.Expect(StatementsEnd, AuditCodes.Malformed);
        lines.ExpectEnd();
        return all.ToValueList();
    }

    private void ReadDecisions(AuditLines lines, ProofSecret secret)
    {
        for (int number = 1; lines.Peek() is not null; number++)
        {
            DecisionLine line = lines.Next(DecisionLine.Read);
            records.Add(lines, ChainRecord.OfDecision(number, lines.Node));
            for (int i = 0; i < line.Evidence.Count; i++)
            {
                records.Add(lines, ChainRecord.OfEvidence(line.Outcome, i, line.Evidence[i], secret));
            }
        }
    }

    private void ReadRejected(AuditLines lines)
    {
        for (int number = 1; lines.Peek() is not null; number++)
        {
            records.Add(lines, ChainRecord.OfRejected(number, lines.Take()));
        }
    }

    private void CompareRows(AuditLines lines)
    {
        foreach (string row in SettlementFiles.RowsOf(statements))
        {
            foreach (string part in (row + '\r').Split('\n'))
            {
                lines.Expect(part, AuditCodes.RowDiffers);
            }
        }

        lines.ExpectEnd();
    }

    private void CompareSeals(AuditLines lines, ProofSecret secret)
    {
        Heads heads = new(statements);
        RecordChain ledger = RecordChain.Empty;
        foreach (ChainLine line in chain!.Lines.Where(static line => line.IsLedger))
        {
            heads.Pass(records.TimeOf(line), ledger);
            ledger = ledger.Append(line.Content);
        }

        heads.Pass(Instant.MaxValue, ledger);
        foreach (Statement statement in statements.Where(static s => s.IsClosed))
        {
            StatementSeal seal = ChainFiles.SealOf(statement, secret, heads.At(statement.To)).Seal;
            if (lines.Next(StatementSeal.Read) != seal)
            {
                throw lines.Fault(AuditCodes.SealBroken, $"The seal is not that of the statement {statement.Id}.");
            }

            seals.Add(statement.Id, seal);
        }

        lines.ExpectEnd();
    }

    private void CompareProofs(AuditLines lines)
    {
        while (lines.Peek() is not null)
        {
            LineProof proof = lines.Next(LineProof.Read);
            Reason? wrong = seals.TryGetValue(proof.Statement, out StatementSeal? seal)
                ? proof.Check(seal)
                : new Reason(SealReasons.OtherStatement);
            if (wrong is not null)
            {
                throw lines.Fault(AuditCodes.ProofBroken, $"The proof shows no line of a statement: {wrong}.");
            }

            proofs++;
        }

        if (proofs != seals.Values.Sum(static seal => seal.Size))
        {
            throw lines.Fault(AuditCodes.Missing, "There is not a proof for each line of each closed statement.");
        }
    }
}
