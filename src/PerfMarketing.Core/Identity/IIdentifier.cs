namespace PerfMarketing.Identity;

/// <summary>An id: 1 to 64 printable ASCII characters without spaces at its ends, compared ordinally.</summary>
/// <remarks>
/// Ids come from the host and are its idempotency keys; integers, GUIDs and ULIDs all fit as text. Each kind of id is a
/// type of its own, so that one can never stand for another. The <c>default</c> value is no id: <see cref="Value"/>
/// throws, and <c>ToString</c> gives an empty text.
/// </remarks>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface IIdentifier<TSelf> : IEquatable<TSelf>, IComparable<TSelf>, IParsable<TSelf>
    where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>The id's text.</summary>
    /// <exception cref="InvalidOperationException">The id is <c>default</c>.</exception>
    string Value { get; }

    /// <summary>Whether this is <c>default</c> and so no id at all.</summary>
    bool IsUnset { get; }
}
