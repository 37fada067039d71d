using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>The host's store has no campaign of this name: nothing was recorded and nothing decided.</summary>
public sealed class CampaignUnknownException : Exception
{
    /// <summary>Makes the exception without details.</summary>
    public CampaignUnknownException()
        : this("There is no such campaign.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public CampaignUnknownException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CampaignUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception for a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    public CampaignUnknownException(CampaignId campaign)
        : base($"There is no campaign '{campaign}'.") => Campaign = campaign;

    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; }
}
