using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What a fitted model gives a channel, as a whole number.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Weight">From 0 to <see cref="FittedModel.WeightMax"/>.</param>
public readonly record struct FittedWeight(ChannelId Channel, long Weight) : ITerms
{
    /// <summary>Reads a weight.</summary>
    /// <param name="terms">The terms.</param>
    public static FittedWeight Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<ChannelId>("channel"), terms.Integer("weight"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("channel", Channel);
        terms.Integer("weight", Weight);
    }
}
