namespace PerfMarketing.Workflows;

/// <summary>A decision could not be committed in all attempts; the call may be made again at any time.</summary>
public sealed class CommitFailedException : Exception
{
    /// <summary>Makes the exception without details.</summary>
    public CommitFailedException()
        : this("The decision could not be committed.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public CommitFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CommitFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception of the last answer.</summary>
    /// <param name="key">The idempotency key.</param>
    /// <param name="last">The store's last answer.</param>
    public CommitFailedException(string key, CommitResult? last)
        : base($"'{key}' could not be committed; the last answer was {last}.") => Last = last;

    /// <summary>The store's last answer; null when it is not known.</summary>
    public CommitResult? Last { get; }
}
