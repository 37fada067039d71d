using PerfMarketing.Serialization;
using PerfMarketing.Tool.Audit;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>audit</c>.</summary>
/// <param name="console">Where it prints.</param>
internal sealed class AuditAction(ToolConsole console)
{
    /// <summary>Checks a folder.</summary>
    /// <param name="request">What to do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(AuditRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AuditReport report = FolderAudit.Run(request.Folder, request.Head);
        if (request.IsJson)
        {
            console.Out.WriteLine(TermJson.Write(report, indented: true));
        }
        else
        {
            Print(request.Folder, report);
        }

        return report.IsSound ? ExitCodes.Done : ExitCodes.BadInput;
    }

    private void Print(string folder, AuditReport report)
    {
        console.Complain(report.Broken.Select(fault =>
            $"{Path.Combine(folder, fault.File)}({fault.Line},1): {fault.Code}: {fault.Message}"));
        console.Out.WriteLine(report.IsSound
            ? $"Nothing is broken: {report.Records} records, {report.Statements} statement(s), "
                + $"{report.Seals} sealed, {report.Proofs} proof(s)."
            : "Something is broken.");
        if (report.Ledger is { } head)
        {
            console.Out.WriteLine($"Head of the ledger: {head.Size}:{head.Root}");
        }
    }
}
