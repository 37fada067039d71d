using BenchmarkDotNet.Running;
using PerfMarketing.Benchmarks.Attribution;
using PerfMarketing.Benchmarks.Budgets;
using PerfMarketing.Benchmarks.Proofs;
using PerfMarketing.Benchmarks.Settlement;

if (args is ["--settle", ..])
{
    WholeSettlement.Run(args.AsSpan(1));
}
else if (args is ["--append", ..])
{
    AppendGrowth.Run(args.AsSpan(1));
}
else if (args is ["--live", ..])
{
    LiveCalls.Run(args.AsSpan(1));
}
else if (args is ["--attribute", ..])
{
    AttributionSpeed.Run(args.AsSpan(1));
}
else if (args is ["--proofs"])
{
    ProofSpeed.Run();
}
else if (args is ["--ledger"])
{
    LedgerSpeed.Run();
}
else if (args is ["--paces", ..])
{
    PaceFigures.Run(args.AsSpan(1));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
