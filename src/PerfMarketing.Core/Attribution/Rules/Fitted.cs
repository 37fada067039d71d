using System.Buffers;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// The channels of the journey share by their weights in a fitted model; touches of one channel share its part evenly.
/// </summary>
/// <remarks>
/// All weights are whole numbers. The weights of the journey's channels are multiplied alike, by how often the
/// heaviest fits in <see cref="FittedModel.WeightMax"/>, so that small ones can be divided too. A touch weighs 64
/// times that, divided by how many eligible touches its channel has, rounded half up. A channel that the model does
/// not know weighs nothing; when no channel of the journey weighs anything, nobody gets credit. Since the rule holds
/// the whole model, the digest of whatever holds the rule covers it; <see cref="FittedModel.Digest"/> is the model's
/// own.
/// </remarks>
/// <param name="Model">The model.</param>
public sealed record Fitted(FittedModel Model) : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "fitted";

    // 64 · 10^12 for each of 65,536 channels at most is within 64 bits.
    private const int Scale = 64;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Reads the rule's own terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Fitted Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Object("model", FittedModel.Read));
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("model", Model);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        ReadOnlySpan<FittedWeight> known = Model.Weights.AsSpan();
        int[] touches = ArrayPool<int>.Shared.Rent(known.Length);
        touches.AsSpan(0, known.Length).Clear();
        long heaviest = 1;
        for (int i = 0; i < weights.Length; i++)
        {
            int place = PlaceOf(known, journey[i].Channel);
            weights[i] = place;
            if (place >= 0)
            {
                touches[place]++;
                heaviest = Math.Max(heaviest, WeightAt(known, place));
            }
        }

        long scale = Scale * (FittedModel.WeightMax / heaviest);
        for (int i = 0; i < weights.Length; i++)
        {
            int place = (int)weights[i];
            weights[i] = place < 0 ? 0 : ((scale * WeightAt(known, place)) + (touches[place] / 2)) / touches[place];
        }

        ArrayPool<int>.Shared.Return(touches);
    }

    /// <inheritdoc/>
    protected override Reason WhyNone(in JourneyView journey) =>
        Reason.Of(AttributionReasons.NoChannelWeighs, ("model", Model.Name), ("version", Model.Version));

    private static long WeightAt(ReadOnlySpan<FittedWeight> known, int place) =>
        known[place].Weight is >= 0 and <= FittedModel.WeightMax and var weight
            ? weight
            : throw new InvalidOperationException("The model is not valid: validate a rule before it is used.");

    private static int PlaceOf(ReadOnlySpan<FittedWeight> known, ChannelId channel)
    {
        (int low, int high) = (0, known.Length - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int compared = known[middle].Channel.CompareTo(channel);
            if (compared == 0)
            {
                return middle;
            }

            (low, high) = compared < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
