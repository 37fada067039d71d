using System.Globalization;
using PerfMarketing.Campaigns;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Crashes;

/// <summary>Breaks every story off at every call of a port, in every way: all must come to the same root.</summary>
internal sealed class CrashPoints(TextWriter output)
{
    // Of several commits with one call, those that come next may be done too, although nobody is told.
    private static readonly PortFault[] Faults =
    [
        new(PortFaultKind.FailBefore), new(PortFaultKind.FailAfter), new(PortFaultKind.LostAcknowledgement),
        new(PortFaultKind.FailAfter, Size: 2), new(PortFaultKind.LostAcknowledgement, Size: 2),
    ];

    /// <summary>Plays all stories.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        int points = 0;
        int violations = 0;
        foreach (Scenario scenario in Scenarios.All)
        {
            Campaign campaign = ScenarioTerms.Of(scenario.Terms);
            FaultPlan none = new();
            string expected = await new ScenarioHost(campaign, none).PlayAsync(scenario).ConfigureAwait(false);
            for (int call = 0; call < none.CallCount; call++)
            {
                foreach (PortFault fault in Faults.Where(f => f.Size == 1 || scenario.IsTogether))
                {
                    points++;
                    if (await PlayAsync(scenario, campaign, call, fault).ConfigureAwait(false) is var root
                        && root != expected)
                    {
                        violations++;
                        await output.WriteLineAsync(
                            $"'{scenario.Name}' at call {call} with {fault}: {root}, not {expected}")
                            .ConfigureAwait(false);
                    }
                }
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Scenarios.All.Length} stories, {points} points of failure\nviolations: {violations}"))
            .ConfigureAwait(false);
        return violations == 0 ? 0 : 1;
    }

    private static async Task<string> PlayAsync(Scenario scenario, Campaign campaign, int call, PortFault fault)
    {
        try
        {
            FaultPlan plan = new([new(call, fault)]);
            return await new ScenarioHost(campaign, plan).PlayAsync(scenario).ConfigureAwait(false);
        }
        catch (Exception broken)
        {
            return broken.Message;
        }
    }
}
