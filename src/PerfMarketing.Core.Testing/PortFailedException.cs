namespace PerfMarketing.Testing;

/// <summary>A port failed because a test wanted it to.</summary>
public sealed class PortFailedException : Exception
{
    /// <summary>Makes the exception without details.</summary>
    public PortFailedException()
        : this("The port failed.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public PortFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public PortFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception for a call.</summary>
    /// <param name="method">What was called.</param>
    /// <param name="kind">What went wrong.</param>
    public PortFailedException(PortMethod method, PortFaultKind kind)
        : base($"{method} failed: {kind}.")
    {
        Method = method;
        Kind = kind;
    }

    /// <summary>What was called.</summary>
    public PortMethod Method { get; }

    /// <summary>What went wrong.</summary>
    public PortFaultKind Kind { get; }
}
