using AuthzCluster.Actors.Ports;
using AuthzCluster.Grains.Node;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Grains.Services;

/// <summary>
/// A port as who is outside of the silos has it. Nobody out there is beyond question: what a caller says of itself in that respect is
/// dropped, whichever the method. (Inside, services are called as they are.) A caller's trace goes on here.
/// </summary>
internal interface IPortGrain : IGrainBase, IIncomingGrainCallFilter
{
    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        if (!GrainContext.ActivationServices.GetRequiredService<GrainsOptions>().TrustsClients)
        {
            for (var i = 0; i < context.Request.GetArgumentCount(); i++)
            {
                if (context.Request.GetArgument(i) is Caller { IsTrusted: true } caller)
                {
                    context.Request.SetArgument(i, caller with { IsTrusted = false });
                }
            }
        }
        return CallActivity.InvokeAsync(context);
    }
}
