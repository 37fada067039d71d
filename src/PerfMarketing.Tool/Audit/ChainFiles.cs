using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Audit;

/// <summary>
/// Writes what makes the files of a run tamper-evident: chain, seals, and proofs when they are asked for.
/// </summary>
internal static class ChainFiles
{
    /// <summary>The chain over all records, as JSON lines.</summary>
    public const string Chain = "chain.jsonl";

    /// <summary>The seal of each closed statement, as JSON lines.</summary>
    public const string Seals = "seals.jsonl";

    /// <summary>The proof of what each closed statement says and of each of its lines, as JSON lines.</summary>
    public const string Proofs = "proofs.jsonl";

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where they are written.</param>
    /// <param name="start">Whose records they are.</param>
    /// <param name="records">Entries and evidence in any order, and the other records in theirs.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="hasProofs">Whether proofs are written.</param>
    public static void Write(
        OutputFolder folder,
        ChainStart start,
        (List<ChainRecord> Ledger, IEnumerable<ChainRecord> Others) records,
        ValueList<Statement> statements,
        bool hasProofs)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(records.Ledger);
        records.Ledger.Sort();
        Heads heads = new(statements);
        folder.Write(Chain, target => WriteChain(new(target), start, records, heads));
        List<(Statement Statement, SealedStatement Seal)> seals = [];
        using (ProofSecretScope secret = new(start))
        {
            foreach (Statement statement in statements)
            {
                if (statement.IsClosed)
                {
                    seals.Add((statement, SealOf(statement, secret.Secret, heads.At(statement.To))));
                }
            }

            folder.Write(Seals, target => WriteLines(
                new(target), seals.Select(static s => TermNode.Of(s.Seal.Seal))));
            if (hasProofs)
            {
                folder.Write(Proofs, target => WriteLines(
                    new(target), seals.SelectMany(s => ProofsOf(s.Statement, s.Seal, secret.Secret))));
            }
        }

        if (!hasProofs)
        {
            // Proofs of an earlier run would be those of other seals.
            folder.Drop(Proofs);
        }
    }

    /// <summary>The seal of a statement in a folder.</summary>
    /// <param name="statement">The statement, closed.</param>
    /// <param name="secret">The folder's secret.</param>
    /// <param name="ledger">The head of the ledger at the end of its period.</param>
    public static SealedStatement SealOf(Statement statement, ProofSecret secret, TreeHead ledger)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return SealedStatement.Of(
            statement, LineSalt.Of(secret, statement.Id), line => LineSalt.Of(secret, statement.Id, line.Id), ledger);
    }

    private static IEnumerable<TermNode> ProofsOf(Statement statement, SealedStatement seal, ProofSecret secret)
    {
        yield return TermNode.Of(seal.Prove(statement, LineSalt.Of(secret, statement.Id)));
        for (int i = 0; i < statement.Lines.Count; i++)
        {
            LedgerEntry line = statement.Lines[i];
            yield return TermNode.Of(seal.Prove(i, line, LineSalt.Of(secret, statement.Id, line.Id)));
        }
    }

    private static void WriteChain(
        JsonLines lines,
        ChainStart start,
        (List<ChainRecord> Ledger, IEnumerable<ChainRecord> Others) records,
        Heads heads)
    {
        WriteLine(lines, start);
        RecordChain chain = RecordChain.Empty;
        foreach (ChainRecord record in records.Ledger)
        {
            heads.Pass(record.At, chain);
            chain = Append(lines, chain, record);
        }

        heads.Pass(Instant.MaxValue, chain);
        TreeHead ledger = chain.Head;
        foreach (ChainRecord record in records.Others.Prepend(ChainRecord.OfStart(start)))
        {
            chain = Append(lines, chain, record);
        }

        WriteLine(lines, new ChainEnd(ledger, chain.Head));
        lines.Flush();
    }

    private static RecordChain Append(JsonLines lines, RecordChain chain, ChainRecord record)
    {
        RecordChain next = chain.Append(record.Content);
        WriteLine(lines, new ChainLine(record.Of, record.Id, record.Content, next.Link));
        return next;
    }

    private static void WriteLine(JsonLines lines, ITerms terms)
    {
        lines.Write(TermNode.Of(terms));
        lines.Write("\n"u8);
    }

    private static void WriteLines(JsonLines lines, IEnumerable<TermNode> nodes)
    {
        foreach (TermNode node in nodes)
        {
            lines.Write(node);
            lines.Write("\n"u8);
        }

        lines.Flush();
    }
}
