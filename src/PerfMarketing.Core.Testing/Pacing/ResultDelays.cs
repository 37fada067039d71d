using NodaTime;

namespace PerfMarketing.Testing.Pacing;

/// <summary>How long results take after the click that brought them.</summary>
public sealed class ResultDelays
{
    // Seconds by quantile of the 227 installs of the TalkingData sample; straight in the logarithm between them.
    private static readonly (double Part, double Seconds)[] Installs =
        [(0, 1), (0.5, 198), (0.75, 4_888), (0.9, 14_957), (0.95, 27_549), (1, 46_341)];

    private readonly Func<SeededRandom, double> seconds;

    private ResultDelays(string name, Func<SeededRandom, double> seconds)
    {
        Name = name;
        this.seconds = seconds;
    }

    /// <summary>Installs of an app: half within 3.3 minutes, one in ten after more than four hours.</summary>
    public static ResultDelays Fast { get; } = new("fast", static random => Installed(random.Uniform()));

    /// <summary>Sales: half within a day, 13 % after more than 14 days; lognormal.</summary>
    public static ResultDelays Mixed { get; } = new("mixed", static random => LogNormal(random, 1, 2.34));

    /// <summary>Leads that are worked on: half within six days; lognormal with a deviation of 0.8.</summary>
    public static ResultDelays Slow { get; } = new("slow", static random => LogNormal(random, 6, 0.8));

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The delay of one result.</summary>
    /// <param name="random">What it is drawn by.</param>
    public Duration Next(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Duration.FromSeconds(Math.Min(seconds(random), 1e9));
    }

    private static double LogNormal(SeededRandom random, double days, double deviation) =>
        days * 86_400 * Math.Exp(deviation * random.Normal());

    private static double Installed(double part)
    {
        int next = 1;
        while (Installs[next].Part < part)
        {
            next++;
        }

        (double fromPart, double from) = Installs[next - 1];
        (double toPart, double to) = Installs[next];
        return from * Math.Exp(Math.Log(to / from) * (part - fromPart) / (toPart - fromPart));
    }
}
