using System.Globalization;
using PerfMarketing.Campaigns;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Crashes;

/// <summary>Breaks every story off at every call of a port, in every way: all must come to the same root.</summary>
internal sealed class CrashPoints(TextWriter output)
{
    private static readonly PortFaultKind[] Kinds =
        [PortFaultKind.FailBefore, PortFaultKind.FailAfter, PortFaultKind.LostAcknowledgement];

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
                foreach (PortFaultKind kind in Kinds)
                {
                    points++;
                    if (await PlayAsync(scenario, campaign, call, kind).ConfigureAwait(false) is var root
                        && root != expected)
                    {
                        violations++;
                        await output.WriteLineAsync(
                            $"'{scenario.Name}' at call {call} with {kind}: {root}, not {expected}")
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

    private static async Task<string> PlayAsync(Scenario scenario, Campaign campaign, int call, PortFaultKind kind)
    {
        try
        {
            return await new ScenarioHost(campaign, FaultPlan.At(call, kind)).PlayAsync(scenario).ConfigureAwait(false);
        }
        catch (Exception broken)
        {
            return broken.Message;
        }
    }
}
