namespace PerfMarketing.Monetary;

/// <summary>
/// Two amounts of different currencies (or of none) were added, subtracted or compared: a bug in the caller.
/// </summary>
public sealed class CurrencyMismatchException : InvalidOperationException
{
    /// <summary>Makes the exception without details.</summary>
    public CurrencyMismatchException()
        : this("The amounts have different currencies.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What was mixed.</param>
    public CurrencyMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What was mixed.</param>
    /// <param name="innerException">The cause.</param>
    public CurrencyMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CurrencyMismatchException(Currency left, Currency right)
        : this(left.IsUnset || right.IsUnset
            ? "An amount without a currency is neither added nor compared."
            : $"The amounts have different currencies: {left} and {right}.")
    {
    }
}
