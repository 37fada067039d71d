using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>What came of a commit.</summary>
/// <remarks>There are exactly these five cases; <see cref="Match"/> asks for all of them.</remarks>
public abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>One result for each case.</summary>
    /// <param name="committed">What to make of a commit that was done now.</param>
    /// <param name="replayed">What to make of a commit that had been done before.</param>
    /// <param name="versionConflict">What to make of streams that have moved on.</param>
    /// <param name="keyReused">What to make of a key that stands for something else.</param>
    /// <param name="unavailable">What to make of a store that gave no answer.</param>
    public T Match<T>(
        Func<Committed, T> committed,
        Func<Replayed, T> replayed,
        Func<VersionConflict, T> versionConflict,
        Func<KeyReused, T> keyReused,
        Func<Unavailable, T> unavailable)
    {
        ArgumentNullException.ThrowIfNull(committed);
        ArgumentNullException.ThrowIfNull(replayed);
        ArgumentNullException.ThrowIfNull(versionConflict);
        ArgumentNullException.ThrowIfNull(keyReused);
        ArgumentNullException.ThrowIfNull(unavailable);
        return this switch
        {
            Committed found => committed(found),
            Replayed found => replayed(found),
            VersionConflict found => versionConflict(found),
            KeyReused found => keyReused(found),
            _ => unavailable((Unavailable)this),
        };
    }

    /// <summary>All of it is durable now.</summary>
    /// <param name="Receipt">What was done.</param>
    public sealed record Committed(CommitReceipt Receipt) : CommitResult;

    /// <summary>The key was committed before with the same content; nothing changed.</summary>
    /// <param name="Receipt">What was done then.</param>
    public sealed record Replayed(CommitReceipt Receipt) : CommitResult;

    /// <summary>A stream has another version than the decision found; nothing changed.</summary>
    /// <param name="Current">The streams that differ, with their versions now.</param>
    public sealed record VersionConflict(ValueList<StreamPosition> Current) : CommitResult;

    /// <summary>The key was committed before with other content; nothing changed.</summary>
    /// <param name="Original">The digest of the content that the key stands for.</param>
    public sealed record KeyReused(Digest Original) : CommitResult;

    /// <summary>The store cannot say; ask again with the same batch.</summary>
    /// <param name="MaybeApplied">Whether the batch may have been committed all the same.</param>
    public sealed record Unavailable(bool MaybeApplied) : CommitResult;
}
