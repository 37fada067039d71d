using PerfMarketing.Simulation;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

return new Runner(options, Console.Out).Run();
