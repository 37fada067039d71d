using System.Globalization;
using PerfMarketing.Simulation;
using PerfMarketing.Simulation.Crashes;
using PerfMarketing.Simulation.Mutation;

switch (args)
{
    case ["--gate"]:
        return new MutationGate(Console.Out).Build();
    case ["--mutants"]:
        return new MutationGate(Console.Out).Run();
    case ["--crashes"]:
        return await new CrashPoints(Console.Out).RunAsync().ConfigureAwait(false);
    default:
        break;
}

if (Options.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(Options.Usage).ConfigureAwait(false);
    return 2;
}

if (options.Culture is { } culture)
{
    CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo(culture);
}

return new Runner(options, Console.Out).Run();
