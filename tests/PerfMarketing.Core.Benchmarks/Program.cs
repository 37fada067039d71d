using BenchmarkDotNet.Running;
using PerfMarketing.Benchmarks.Attribution;
using PerfMarketing.Benchmarks.Settlement;

if (args is ["--settle", ..])
{
    WholeSettlement.Run(args.AsSpan(1));
}
else if (args is ["--append", ..])
{
    AppendGrowth.Run(args.AsSpan(1));
}
else if (args is ["--attribute", ..])
{
    AttributionSpeed.Run(args.AsSpan(1));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
