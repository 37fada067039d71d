using System.Collections;

namespace PerfMarketing.Primitives;

/// <summary>Collects what is wrong with terms, up to a bound.</summary>
/// <remarks>Not thread-safe; one collector serves one reading.</remarks>
public sealed class TermFailures : IReadOnlyCollection<TermFailure>
{
    /// <summary>The most failures that are kept; after them stands one <see cref="TermCodes.TooMany"/>.</summary>
    public const int CountMax = 100;

    private readonly List<TermFailure> list = [];

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsEmpty => list.Count == 0;

    /// <summary>Whether no more failures are kept, so that reading on is of no use.</summary>
    internal bool IsFull => list.Count > CountMax;

    /// <inheritdoc/>
    public int Count => list.Count;

    /// <summary>Notes a failure; past <see cref="CountMax"/> it only notes that there were more.</summary>
    /// <param name="failure">The failure.</param>
    public void Add(TermFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (list.Count < CountMax)
        {
            list.Add(failure);
        }
        else if (list.Count == CountMax)
        {
            list.Add(failure with { Code = TermCodes.TooMany, Message = "There are more failures than are listed." });
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TermFailure> GetEnumerator() => list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
