namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Columns, or options for them, that cannot be attributed: a bug in the caller.</summary>
public sealed class InvalidColumnsException : ArgumentException
{
    /// <summary>Makes the exception without details.</summary>
    public InvalidColumnsException()
        : this("The columns cannot be attributed.")
    {
    }

    /// <summary>Makes the exception for columns of different lengths.</summary>
    /// <param name="message">What is wrong with them.</param>
    public InvalidColumnsException(string message)
        : this(ColumnCodes.LengthsDiffer, message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidColumnsException(string message, Exception innerException)
        : base(message, innerException) => Code = ColumnCodes.LengthsDiffer;

    /// <summary>Makes the exception with a stable code.</summary>
    /// <param name="code">One of <see cref="ColumnCodes"/>.</param>
    /// <param name="message">What is wrong.</param>
    public InvalidColumnsException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The stable code, one of <see cref="ColumnCodes"/>.</summary>
    public string Code { get; }
}
