namespace PerfMarketing.Monetary;

/// <summary>A multiplication or addition of exact amounts would have lost a digit.</summary>
public sealed class InexactArithmeticException : ArithmeticException
{
    /// <summary>Makes the exception without details.</summary>
    public InexactArithmeticException()
        : this("The exact result has more digits than a decimal holds.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What was computed.</param>
    public InexactArithmeticException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What was computed.</param>
    /// <param name="innerException">The cause.</param>
    public InexactArithmeticException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
