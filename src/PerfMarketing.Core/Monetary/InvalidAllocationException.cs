namespace PerfMarketing.Monetary;

/// <summary>
/// Weights or shares that cannot divide anything: a bug in the caller, or terms that were not checked.
/// </summary>
public sealed class InvalidAllocationException : ArgumentException
{
    /// <summary>Makes the exception without details.</summary>
    public InvalidAllocationException()
        : this("The weights cannot divide anything.")
    {
    }

    /// <summary>Makes the exception for weights.</summary>
    /// <param name="message">What is wrong with them.</param>
    public InvalidAllocationException(string message)
        : this(AllocationCodes.InvalidWeights, message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidAllocationException(string message, Exception innerException)
        : base(message, innerException) => Code = AllocationCodes.InvalidWeights;

    /// <summary>Makes the exception with a stable code.</summary>
    /// <param name="code">One of <see cref="AllocationCodes"/>.</param>
    /// <param name="message">What is wrong.</param>
    public InvalidAllocationException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The stable code, one of <see cref="AllocationCodes"/>.</summary>
    public string Code { get; }
}
