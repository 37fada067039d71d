using NodaTime;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>How one of many nodes takes parts of the budgets in advance.</summary>
/// <remarks>
/// A lease is <c>max(need, pool ÷ (4 × nodes))</c>: large as long as there is much, and small at the end, so that
/// little lies idle anywhere. A node that crashes holds its leases until they expire, and no longer.
/// </remarks>
public sealed record LeaseTerms
{
    /// <summary>The longest name of a node.</summary>
    public const int NodeLengthMax = 40;

    // Two rounds for each node are left when all have taken theirs.
    private const long Rounds = 4;

    /// <summary>Terms of leases.</summary>
    /// <param name="node">
    /// The node's name, unique for every start of every process; 1 to 40 printable ASCII characters.
    /// </param>
    /// <param name="nodeCount">How many nodes there are, about; above zero.</param>
    /// <param name="ttl">
    /// How long a lease lasts; above zero. More than twice what the clocks of the nodes differ and the pool may be out
    /// of reach together, as reservations are given out during half of it.
    /// </param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public LeaseTerms(string node, int nodeCount, Duration ttl)
    {
        if (!Identity.Identifier.IsValid(node, NodeLengthMax))
        {
            throw new ArgumentException("A node's name is 1 to 40 printable ASCII characters.", nameof(node));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(nodeCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ttl, Duration.Zero);
        Node = node;
        NodeCount = nodeCount;
        Ttl = ttl;
    }

    /// <summary>The node's name.</summary>
    public string Node { get; }

    /// <summary>How many nodes there are, about.</summary>
    public int NodeCount { get; }

    /// <summary>How long a lease lasts.</summary>
    public Duration Ttl { get; }

    /// <summary>How much to lease.</summary>
    /// <param name="need">What is needed at once.</param>
    /// <param name="pool">What is left of the budget.</param>
    public long Grant(long need, long pool) => Math.Max(need, pool / (Rounds * NodeCount));
}
