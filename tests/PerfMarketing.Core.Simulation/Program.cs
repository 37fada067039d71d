using System.Globalization;
using PerfMarketing.Simulation;
using PerfMarketing.Simulation.Crashes;
using PerfMarketing.Simulation.Mutation;

switch (args)
{
    case ["--gate", .. { Length: < 3 } wanted]:
        return new MutationGate(Console.Out).Build(wanted);
    case ["--mutants", .. { Length: < 3 } wanted]:
        return new MutationGate(Console.Out).Run(wanted);
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
