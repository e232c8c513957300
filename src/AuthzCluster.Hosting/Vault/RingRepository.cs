using System.Collections.ObjectModel;
using System.Xml;
using System.Xml.Linq;
using AuthzCluster.Actors.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AuthzCluster.Hosting.Vault;

/// <summary>A key ring as Data Protection asks for it.</summary>
internal sealed class RingRepository(IKeyRing ring) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => new ReadOnlyCollection<XElement>([.. ring.Read().Select(Parse)]);

    public void StoreElement(XElement element, string friendlyName) =>
        ring.Add(string.IsNullOrEmpty(friendlyName) ? Guid.NewGuid().ToString() : friendlyName, element.ToString(SaveOptions.DisableFormatting));

    private XElement Parse(string xml)
    {
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException e)
        {
            throw new VaultException($"a key of the key ring in {ring.Where} is damaged ({e.Message}): restore it from a backup", e);
        }
    }
}
