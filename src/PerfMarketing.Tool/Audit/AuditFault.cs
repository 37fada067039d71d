using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Audit;

/// <summary>The first broken line of a file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Code">One of <see cref="AuditCodes"/>, or what is wrong with a statement's terms.</param>
/// <param name="Message">What is wrong, for a person.</param>
internal sealed record AuditFault(string File, int Line, string Code, string Message) : ITerms
{
    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("file", File);
        terms.Integer("line", Line);
        terms.Value("code", Code);
        terms.Value("message", Message);
    }
}
