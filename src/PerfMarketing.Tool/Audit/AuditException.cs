using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Tool.Audit;

/// <summary>The rest of a file cannot be checked.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without the fault the exception would say nothing.")]
internal sealed class AuditException : Exception
{
    /// <summary>Ends the check of a file.</summary>
    /// <param name="fault">What is broken.</param>
    public AuditException(AuditFault fault)
        : base(fault.Message) => Fault = fault;

    /// <summary>What is broken.</summary>
    public AuditFault Fault { get; }
}
