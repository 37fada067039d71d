using FluentValidation.Results;

namespace PerfMarketing.Contracts;

/// <summary>A draft cannot become a contract or campaign; carries everything that is wrong with it.</summary>
public sealed class ContractInvalidException : Exception
{
    /// <summary>Makes the exception without details.</summary>
    public ContractInvalidException()
        : this(new ValidationResult())
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public ContractInvalidException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public ContractInvalidException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception of everything that is wrong.</summary>
    /// <param name="result">The failures.</param>
    public ContractInvalidException(ValidationResult result)
        : base(Text(result)) => Result = result;

    /// <summary>Everything that is wrong, with codes and paths.</summary>
    public ValidationResult Result { get; } = new();

    private static string Text(ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Join(
            '\n', result.Errors.Select(static f => $"{f.PropertyName}: {f.ErrorCode}: {f.ErrorMessage}"));
    }
}
