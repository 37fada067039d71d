using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Audit;

/// <summary>What an audit of a folder found.</summary>
internal sealed record AuditReport : ITerms
{
    /// <summary>The first broken line of each file that has one, the one to look at first before the others.</summary>
    public required ValueList<AuditFault> Broken { get; init; }

    /// <summary>How many records are in the chain.</summary>
    public long Records { get; init; }

    /// <summary>How many statements there are.</summary>
    public int Statements { get; init; }

    /// <summary>How many of them are sealed.</summary>
    public int Seals { get; init; }

    /// <summary>How many proofs of lines were checked.</summary>
    public int Proofs { get; init; }

    /// <summary>The head of the ledger; null when the chain cannot be read to its end.</summary>
    public TreeHead? Ledger { get; init; }

    /// <summary>Whether nothing is broken.</summary>
    public bool IsSound => Broken.Count == 0;

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Add("sound", TermNode.OfFlag(IsSound));
        terms.Integer("records", Records);
        terms.Integer("statements", Statements);
        terms.Integer("seals", Seals);
        terms.Integer("proofs", Proofs);
        terms.Terms("ledger", Ledger);
        terms.List("broken", Broken);
    }
}
