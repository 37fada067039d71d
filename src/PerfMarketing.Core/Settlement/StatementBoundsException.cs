using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>
/// Statements could not be cut because amounts in them are beyond <see cref="Money.MinorUnitsMax"/>; those of others,
/// and of earlier periods, are here.
/// </summary>
public sealed class StatementBoundsException : OverflowException
{
    /// <summary>Makes the exception without details.</summary>
    public StatementBoundsException()
        : this("A statement is beyond all amounts.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public StatementBoundsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public StatementBoundsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception with what could be cut and what could not.</summary>
    /// <param name="statements">All other statements, in the order in which they would have been returned.</param>
    /// <param name="beyond">The first statement of each contract and partner that could not be cut.</param>
    public StatementBoundsException(ValueList<Statement> statements, ValueList<StatementBeyond> beyond)
        : base($"Beyond {Money.MinorUnitsMax} minor units: {string.Join("; ", beyond.AsEnumerable())}.") =>
        (Statements, Beyond) = (statements, beyond);

    /// <summary>The statements that could be cut.</summary>
    public ValueList<Statement> Statements { get; } = [];

    /// <summary>
    /// The first statement of each contract and partner that could not be cut; none of the later ones was.
    /// </summary>
    public ValueList<StatementBeyond> Beyond { get; } = [];
}
