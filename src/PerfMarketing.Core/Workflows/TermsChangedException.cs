using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>
/// A version of a contract has other terms than those under which statements were closed: nothing was settled.
/// </summary>
/// <remarks>
/// Put the version back as it was and amend it by the next one. What was closed and paid stands either way.
/// </remarks>
public sealed class TermsChangedException : Exception
{
    /// <summary>Makes the exception without details.</summary>
    public TermsChangedException()
        : this("A version of a contract has other terms than statements were closed under.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public TermsChangedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public TermsChangedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception for versions of a contract.</summary>
    /// <param name="reasons"><see cref="SettlementReasons.TermsChanged"/> for each version.</param>
    public TermsChangedException(ValueList<Reason> reasons)
        : base(string.Join(Environment.NewLine, (reasons ?? []).AsEnumerable())) => Reasons = reasons ?? [];

    /// <summary>Which versions are changed.</summary>
    public ValueList<Reason> Reasons { get; } = [];
}
