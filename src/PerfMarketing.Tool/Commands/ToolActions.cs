using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Commands;

/// <summary>What the commands do.</summary>
internal sealed class ToolActions : IToolActions
{
    private readonly ToolConsole console;
    private readonly CampaignFile files;
    private readonly SettleAction settle;
    private readonly ExplainAction explain;
    private readonly DiffAction diff;
    private readonly CompareAction compare;
    private readonly AuditAction audit;
    private readonly VerifyAction verify;
    private readonly AttributeAction attribute;
    private readonly SimulateAction simulate;

    /// <summary>Commands that print to a console.</summary>
    /// <param name="console">The console.</param>
    public ToolActions(ToolConsole console)
    {
        this.console = console;
        files = new(console);
        LogLoader loader = new(console, files);
        settle = new(console, files, loader);
        explain = new(console, files, loader);
        diff = new(console, files);
        compare = new(console, files, loader);
        audit = new(console);
        verify = new(console);
        attribute = new(console, files);
        simulate = new(console, files);
    }

    /// <inheritdoc/>
    public int Settle(SettleRequest request, CancellationToken cancel) => settle.Run(request, cancel);

    /// <inheritdoc/>
    public int Compare(CompareRequest request, CancellationToken cancel) => compare.Run(request, cancel);

    /// <inheritdoc/>
    public int Attribute(AttributeRequest request, CancellationToken cancel) => attribute.Run(request, cancel);

    /// <inheritdoc/>
    public int Simulate(SimulateRequest request, CancellationToken cancel) => simulate.Run(request, cancel);

    /// <inheritdoc/>
    public int Validate(string campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (files.ReadCampaign(campaign) is not { } read)
        {
            return ExitCodes.BadInput;
        }

        console.Out.WriteLine($"{read} is valid: {read.Contracts.Count} contract(s), terms {read.Digest}");
        return ExitCodes.Done;
    }

    /// <inheritdoc/>
    public int Diff(DiffRequest request) => diff.Run(request);

    /// <inheritdoc/>
    public int Schema(FileKind kind)
    {
        console.Out.Write(kind == FileKind.Contract ? JsonSchema.OfContract() : JsonSchema.OfCampaign());
        return ExitCodes.Done;
    }

    /// <inheritdoc/>
    public int Explain(ExplainRequest request, CancellationToken cancel) => explain.Run(request, cancel);

    /// <inheritdoc/>
    public int Audit(AuditRequest request) => audit.Run(request);

    /// <inheritdoc/>
    public int Verify(VerifyRequest request) => verify.Run(request);
}
